#include "shared/wire/json_codec.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <limits>

#include "shared/base/limits.hpp"
#include "shared/base/random.hpp"
#include "shared/model/records.hpp"
#include "shared/wire/row_json.hpp"
#include "tests/wire/samples.hpp"

namespace portal::wire {
namespace {

TEST_CASE("a pull request round-trips") {
    const PullRequest request = sample_pull_request();
    const Result<PullRequest> decoded = decode_pull_request(encode(request));
    REQUIRE(decoded);
    CHECK(encode(*decoded) == encode(request));
    CHECK(decoded->client == request.client);
    CHECK(decoded->seq == request.seq);
    CHECK(decoded->page == request.page);
    CHECK(decoded->repair == request.repair);
    PullRequest first;
    first.client = "c";
    const Result<PullRequest> plain = decode_pull_request(encode(first));
    REQUIRE(plain);
    CHECK(plain->page.empty());
    CHECK(plain->repair.empty());
    CHECK(plain->epoch.empty());
}

TEST_CASE("every pull line round-trips") {
    for (const PullLine& line : sample_pull_lines()) {
        const std::string bytes = encode(line);
        INFO(bytes);
        CHECK(bytes.back() == '\n');
        CHECK(bytes.find('\n') == bytes.size() - 1);
        const Result<PullLine> decoded = decode_pull_line(bytes);
        REQUIRE(decoded);
        CHECK(decoded->index() == line.index());
        CHECK(encode(*decoded) == bytes);
    }
}

TEST_CASE("every entity's row round-trips, bytes and nulls too") {
    SeededRandom random(7);
    for (const EntityDescriptor& descriptor : all_entities()) {
        INFO(descriptor.name);
        PullUpsert line;
        line.row.entity = descriptor.entity;
        line.row.id = make_id(1, random);
        line.row.rev = 3;
        line.streams = {"g"};
        for (const Column& column : descriptor.columns) {
            if (column.presence == Presence::optional)
                line.row.values.emplace_back();
            else if (column.type == ColumnType::integer)
                line.row.values.emplace_back(std::numeric_limits<std::int64_t>::min());
            else if (column.type == ColumnType::text)
                line.row.values.emplace_back(std::string("línea \"uno\"\n\\ \xf0\x9f\xa6\xb7"));
            else
                line.row.values.emplace_back(std::string("\0\1\xff\xfe", 4));
        }
        const Result<PullLine> decoded = decode_pull_line(encode(line));
        REQUIRE(decoded);
        CHECK(std::get<PullUpsert>(*decoded).row == line.row);
    }
}

// The general decoder takes a line with a space before it, and the other one does not.
std::string general(const std::string& line) {
    return " " + line;
}

TEST_CASE("a row's line is read without a document, and any other is left to the general decoder") {
    for (const PullLine& line : sample_pull_lines()) {
        const std::string bytes = encode(line);
        INFO(bytes);
        CHECK(decode_upsert(bytes).has_value() == std::holds_alternative<PullUpsert>(line));
        CHECK_FALSE(decode_upsert(general(bytes)).has_value());
        CHECK(decode_pull_line(general(bytes)).has_value());
    }
}

TEST_CASE("both decoders read the same in damaged lines of rows") {
    std::vector<std::string> lines;
    for (const PullLine& line : sample_pull_lines())
        if (std::holds_alternative<PullUpsert>(line)) lines.push_back(encode(line));
    PullUpsert texts;
    texts.row = to_row(Vendor{});
    texts.row.id = "x";
    texts.streams = {"g", "u:x"};
    for (Value& value : texts.row.values)
        if (std::holds_alternative<std::string>(value)) value = std::string("línea \"uno\"\n\\ \xf0\x9f\xa6\xb7");
    lines.push_back(encode(texts));
    const std::string alphabet = "\"\\{}[],:0-9.eun\x01 \xc3";
    SeededRandom random(11);
    int taken = 0, refused = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::string line = lines[random.below(lines.size())];
        for (std::uint64_t damages = random.below(3); damages > 0; --damages) {
            const std::size_t place = random.below(line.size());
            if (random.below(2) == 0)
                line[place] = alphabet[random.below(alphabet.size())];
            else
                line.erase(place, 1 + random.below(3));
            if (line.empty()) line = "\n";
        }
        const auto quick = decode_upsert(line);
        const auto slow = decode_pull_line(general(line));
        if (!quick) {
            ++refused;
            continue;
        }
        ++taken;
        INFO(line);
        REQUIRE(slow.has_value());
        CHECK(encode(*slow) == encode(PullLine(*quick)));
        CHECK(std::get<PullUpsert>(*slow).row == quick->row);
        CHECK(std::get<PullUpsert>(*slow).streams == quick->streams);
    }
    CHECK(taken > 5'000);
    CHECK(refused > 1'000);
}

TEST_CASE("push requests, responses, mutations and errors round-trip") {
    const PushRequest request = sample_push_request();
    const Result<PushRequest> decoded = decode_push_request(encode(request));
    REQUIRE(decoded);
    CHECK(decoded->mutations == request.mutations);
    CHECK(decoded->acked == request.acked);
    CHECK(decoded->client == request.client);
    CHECK(decoded->epoch.empty());
    PushRequest knowing = request;
    knowing.epoch = "X4C0RHMF1X4P6X9T";
    CHECK(decode_push_request(encode(knowing)).value().epoch == knowing.epoch);

    const PushResponse response = sample_push_response();
    const Result<PushResponse> answer = decode_push_response(encode(response));
    REQUIRE(answer);
    REQUIRE(answer->results.size() == response.results.size());
    for (std::size_t index = 0; index < response.results.size(); ++index)
        CHECK(answer->results[index].outcome == response.results[index].outcome);
    CHECK(answer->renew_client == response.renew_client);

    for (const Mutation& mutation : request.mutations)
        CHECK(decode_mutation(encode(mutation)).value() == mutation);

    for (int code = 0; code <= static_cast<int>(ErrorCode::internal); ++code) {
        const Error error{static_cast<ErrorCode>(code), "was \"wrong\""};
        const Result<Error> back = decode_error(encode_error(error));
        REQUIRE(back);
        CHECK(back->code == error.code);
        CHECK(back->message == error.message);
    }
}

TEST_CASE("equal mutations have equal bytes whatever the order of their fields") {
    Mutation mutation = sample_push_request().mutations.front();
    const std::string bytes = encode(mutation);
    std::reverse(mutation.set.begin(), mutation.set.end());
    CHECK(encode(mutation) == bytes);
}

TEST_CASE("a row with damaged text is sent with a replacement instead of not at all") {
    PullUpsert line;
    line.row = to_row(Vendor{});
    set_value(line.row, "name", std::string("bad \xff byte"));
    const Result<PullLine> decoded = decode_pull_line(encode(line));
    REQUIRE(decoded);
    CHECK(text_value(std::get<PullUpsert>(*decoded).row, "name") == "bad \xef\xbf\xbd byte");
}

struct Hostile {
    std::string_view json;
    ErrorCode code;
    std::string_view complaint;  // Part of the message.
};

template <class Decode>
void expect_refusals(const std::vector<Hostile>& cases, Decode decode) {
    for (const Hostile& hostile : cases) {
        INFO(hostile.json);
        const auto decoded = decode(hostile.json);
        REQUIRE_FALSE(decoded);
        INFO(decoded.error().message);
        CHECK(decoded.error().code == hostile.code);
        CHECK(decoded.error().message.find(hostile.complaint) != std::string::npos);
    }
}

TEST_CASE("hostile pull requests are refused by name of the member") {
    constexpr ErrorCode invalid = ErrorCode::invalid_argument;
    expect_refusals(
        {
            {"", invalid, "JSON"},
            {"null", invalid, "object"},
            {"[]", invalid, "object"},
            {"{", invalid, "cut short"},
            {R"({"proto":1,"schema":1}trailing)", invalid, "JSON"},
            {"{\"proto\":1,\"client\":\"\xff\"}", invalid, "UTF-8"},
            {"{\"proto\":1,\"client\":\"\xc0\xaf\"}", invalid, "UTF-8"},
            {R"({"schema":1})", invalid, "\"proto\" is missing"},
            {R"({"proto":"1","schema":1})", invalid, "\"proto\" must be an integer"},
            {R"({"proto":1.0,"schema":1})", invalid, "\"proto\" must be an integer"},
            {R"({"proto":99999999999999999999,"schema":1})", invalid, "\"proto\" must be an integer"},
            {R"({"proto":1e400,"schema":1})", invalid, "JSON"},
            {R"({"proto":2,"schema":1})", ErrorCode::unsupported_version, "protocol 2"},
            {R"({"proto":1,"schema":99})", ErrorCode::unsupported_version, "schema 99"},
            {R"({"proto":1,"schema":1})", invalid, "\"client\" is missing"},
            {R"({"proto":1,"schema":1,"client":7})", invalid, "\"client\" must be a text"},
            {"{\"proto\":1,\"schema\":1,\"client\":\"a\\u0000b\"}", invalid, "\"client\" holds a NUL"},
            {R"({"proto":1,"schema":1,"client":"c","epoch":"","seq":-1,"set":"","max_bytes":0})", invalid,
             "\"seq\" must lie"},
            {R"({"proto":1,"schema":1,"client":"c","epoch":"","seq":9223372036854775808,"set":"","max_bytes":0})",
             invalid, "\"seq\" must be an integer"},
            {R"({"proto":1,"schema":1,"client":"c","epoch":"","seq":1,"set":"","max_bytes":0,"evil":1})", invalid,
             "\"evil\" is not known"},
            {R"({"proto":1,"schema":1,"client":"c","epoch":"","seq":1,"set":"","max_bytes":0,"page":{}})", invalid,
             "\"page\" must be a text"},
        },
        decode_pull_request);
}

TEST_CASE("hostile pull lines are refused by name of the member") {
    constexpr ErrorCode invalid = ErrorCode::invalid_argument;
    expect_refusals(
        {
            {R"({})", invalid, "\"k\" is missing"},
            {R"({"k":"nonsense"})", invalid, "names no line"},
            {R"({"k":"drop"})", invalid, "\"s\" is missing"},
            {R"({"k":"del","e":"person","id":"x"})", invalid, "\"e\" names no entity"},
            {R"({"k":"begin","epoch":"e","set":"s","reset":0,"time":1,"streams":[],"user":"u","mid":0,"about":0})",
             invalid, "\"reset\" must be true or false"},
            {R"({"k":"begin","epoch":"e","set":"s","reset":true,"time":1,"streams":[1],"user":"u","mid":0,"about":0})",
             invalid, "\"streams\""},
            {R"({"k":"begin","epoch":"e","set":"s","reset":true,"time":1,"streams":{},"user":"u","mid":0,"about":0})",
             invalid, "\"streams\" must be an array"},
            {R"({"k":"sum","s":"g","n":1,"h":"12"})", invalid, "\"h\" must be 32"},
            {R"({"k":"sum","s":"g","n":1,"h":"zz000000000000000000000000000000"})", invalid, "\"h\" must be 32"},
            {R"({"k":"end","rows":1,"crc":4294967296,"seq":1,"more":false,"page":""})", invalid, "\"crc\" must lie"},
            {R"({"k":"up","e":"target","id":"x","rev":1,"t":1,"by":"","s":[],"v":{"practice":"p","month":1}})", invalid,
             "\"cents\" is missing"},
            {R"({"k":"up","e":"target","id":"x","rev":1,"t":1,"by":"","s":[],"v":{"cents":null}})", invalid,
             "is missing"},
            {R"({"k":"up","e":"target","id":"x","rev":1,"t":1,"by":"","s":[],"v":{"cents":"1"}})", invalid,
             "\"cents\" must be an integer"},
            {R"({"k":"up","e":"target","id":"x","rev":1,"t":1,"by":"","s":[],"v":{"practice":1}})", invalid,
             "\"practice\" must be a text"},
            {R"({"k":"up","e":"target","id":"x","rev":1,"t":1,"by":"","s":[],"v":{"patient":"p"}})", invalid,
             "\"patient\" is no column"},
            {R"({"k":"up","e":"fact_segment","id":"x","rev":1,"t":1,"by":"","s":[],"v":{"columns":"***="}})", invalid,
             "\"columns\" is not base 64"},
        },
        decode_pull_line);
}

TEST_CASE("hostile pushes are refused by name of the member") {
    constexpr ErrorCode invalid = ErrorCode::invalid_argument;
    const std::string head = R"({"proto":1,"schema":1,"client":"c","acked":0,"muts":)";
    const std::string mutation = R"([{"mid":1,"intent":"i","op":)";
    const auto refuse = [&](const std::string& json, ErrorCode code, std::string_view complaint) {
        expect_refusals({{json, code, complaint}}, decode_push_request);
    };
    refuse(head + "{}}", invalid, "\"muts\" must be an array");
    refuse(head + "[7]}", invalid, "must be a JSON object");
    refuse(head + mutation + R"("ticket","id":"r","set":{}}]})", invalid, "\"op\" names no operation");
    refuse(head + mutation + R"("ticket.delete","id":"r","set":{}}]})", invalid, "\"op\" names no operation");
    refuse(head + mutation + R"("ticket.create","id":"r","set":[]}]})", invalid, "\"set\" must be an object");
    refuse(head + mutation + R"("ticket.create","id":"r","set":{"a":true}}]})", invalid, "\"a\" must be an integer");
    refuse(head + mutation + R"("ticket.create","id":"r","set":{"a":1.5}}]})", invalid, "\"a\" must be an integer");
    refuse(head + mutation + R"("ticket.create","id":"r","set":{"a":{}}}]})", invalid, "\"a\" must be an integer");
    refuse(head + mutation + R"("ticket.create","id":"r","set":{"a":"\u0000"}}]})", invalid, "\"a\" holds a NUL");
    std::string many = head + "[";
    for (std::size_t index = 0; index <= limits::push_mutations_max; ++index)
        many += index ? ",{}" : "{}";
    refuse(many + "]}", invalid, "\"muts\" has more than 64 items");
    std::string wide = head + mutation + R"("ticket.create","id":"r","set":{)";
    for (std::size_t index = 0; index <= limits::mutation_fields_max; ++index)
        wide += (index ? ",\"f" : "\"f") + std::to_string(index) + "\":1";
    refuse(wide + "}}]}", invalid, "more than 64 fields");
    refuse(std::string(limits::request_body_bytes_max + 1, ' '), ErrorCode::resource_exhausted, "bytes");
}

TEST_CASE("nesting is refused before it is built, brackets in texts do not count") {
    const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
    const Result<Mutation> decoded = decode_mutation("{\"set\":" + deep + "}");
    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().message.find("nested deeper than 8") != std::string::npos);
    Mutation mutation = sample_push_request().mutations.front();
    mutation.set = {{"subject", Value{std::string(40, '[') + "\\\"" + std::string(40, '{')}}};
    CHECK(decode_mutation(encode(mutation)).value() == mutation);
}

TEST_CASE("a member's name from an enemy does not swell the message") {
    const std::string name(500'000, 'n');
    const Result<PullLine> decoded = decode_pull_line(R"({"k":"drop","s":"g",")" + name + R"(":1})");
    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().message.size() < 300);
}

// Every message, cut short at every byte and with bytes flipped, is decoded or refused; nothing else may happen.
TEST_CASE("damaged messages never do more than fail") {
    std::vector<std::string> messages = {encode(sample_pull_request()), encode(sample_push_request()),
                                         encode(sample_push_response())};
    for (const PullLine& line : sample_pull_lines())
        messages.push_back(encode(line));
    SeededRandom random(11);
    int accepted = 0, refused = 0;
    const auto count = [&](bool decoded) { ++(decoded ? accepted : refused); };
    const auto feed = [&](const std::string& bytes) {
        count(decode_pull_request(bytes).has_value());
        count(decode_push_request(bytes).has_value());
        count(decode_push_response(bytes).has_value());
        count(decode_pull_line(bytes).has_value());
        count(decode_mutation(bytes).has_value());
        count(decode_error(bytes).has_value());
    };
    for (const std::string& message : messages) {
        for (std::size_t length = 0; length + 2 < message.size(); ++length) {
            const std::string cut = message.substr(0, length);
            CHECK_FALSE(decode_pull_request(cut));
            CHECK_FALSE(decode_push_request(cut));
            CHECK_FALSE(decode_pull_line(cut));
        }
        for (int round = 0; round < 200; ++round) {
            std::string damaged = message;
            for (std::uint64_t flips = random.between(1, 4); flips > 0; --flips)
                damaged[random.below(damaged.size())] = static_cast<char>(random.below(256));
            feed(damaged);
        }
    }
    CHECK(refused > 1'000);
    CHECK(accepted > 10);
}

}  // namespace
}  // namespace portal::wire
