#include "shared/wire/json_codec.hpp"

#include <algorithm>
#include <cstdio>

#include "shared/base/check.hpp"
#include "shared/wire/base64.hpp"
#include "shared/wire/json_reader.hpp"
#include "shared/wire/row_json.hpp"

namespace portal::wire {
namespace {

using nlohmann::json;

// Our own rows may hold what an import let through; a reply with a replacement character beats no reply.
std::string dump(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

json json_of(const Value& value, ColumnType type) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
    if (const auto* text = std::get_if<std::string>(&value))
        return type == ColumnType::bytes ? json(encode_base64(*text)) : json(*text);
    return nullptr;
}

json json_of(const FieldValues& fields) {
    json object = json::object();
    for (const auto& [name, value] : fields)
        object[name] = json_of(value, ColumnType::text);
    return object;
}

json json_of(const Mutation& mutation) {
    json object = {
        {"mid", mutation.mid}, {"intent", mutation.intent},    {"op", operation_text(mutation.kind, mutation.entity)},
        {"id", mutation.row},  {"was", json_of(mutation.was)}, {"set", json_of(mutation.set)}};
    if (!mutation.depends_on.empty()) object["after"] = mutation.depends_on;
    return object;
}

Result<Mutation> mutation_of(const json& object) {
    if (!object.is_object()) return fail(ErrorCode::invalid_argument, "a mutation must be a JSON object");
    Reader reader(object, "mutation");
    reader.allow_only({"mid", "intent", "op", "id", "was", "set", "after"});
    Mutation mutation;
    mutation.mid = reader.integer("mid");
    mutation.intent = reader.text("intent");
    mutation.row = reader.text("id");
    mutation.depends_on = reader.optional_text("after");
    const std::string operation = reader.text("op");
    if (const auto parsed = parse_operation(operation)) {
        mutation.kind = parsed->first;
        mutation.entity = parsed->second;
    } else {
        reader.complain("op", "names no operation like ticket.create");
    }
    mutation.was = reader.fields(reader.optional_object("was"));
    mutation.set = reader.fields(reader.object("set"));
    PORTAL_TRY(reader.status());
    return mutation;
}

// A newer client must hear "upgrade the server" or "reload", not that some member is unknown.
Status check_versions(const json& object, std::string_view what) {
    Reader reader(object, what);
    const std::int64_t proto = reader.integer("proto"), schema = reader.integer("schema");
    PORTAL_TRY(reader.status());
    if (proto == protocol_version && schema <= schema_version) return {};
    return fail(ErrorCode::unsupported_version,
                std::string(what) + " speaks protocol " + std::to_string(proto) + ", schema " + std::to_string(schema) +
                    "; this side knows " + std::to_string(protocol_version) + " and " + std::to_string(schema_version));
}

std::string hex_of(const std::array<std::uint64_t, 2>& hash) {
    char text[40];
    std::snprintf(text, sizeof text, "%016llx%016llx", static_cast<unsigned long long>(hash[0]),
                  static_cast<unsigned long long>(hash[1]));
    return text;
}

std::optional<std::array<std::uint64_t, 2>> hash_of_hex(std::string_view text) {
    std::array<std::uint64_t, 2> hash{};
    if (text.size() != 32) return std::nullopt;
    for (std::size_t index = 0; index < text.size(); ++index) {
        const std::size_t digit = std::string_view("0123456789abcdef").find(text[index]);
        if (digit == std::string_view::npos) return std::nullopt;
        hash[index / 16] = hash[index / 16] << 4 | digit;
    }
    return hash;
}

Entity read_entity(Reader& reader) {
    const EntityDescriptor* descriptor = find_entity(reader.text("e"));
    if (!descriptor) reader.complain("e", "names no entity");
    return descriptor ? descriptor->entity : Entity::vendor;
}

json line_of(const PullBegin& line) {
    return {{"k", "begin"},        {"epoch", line.epoch},         {"set", line.set},
            {"reset", line.reset}, {"time", line.server_time_ms}, {"streams", line.streams},
            {"user", line.user},   {"mid", line.last_mid},        {"about", line.about_rows}};
}

json line_of(const PullDrop& line) {
    return {{"k", "drop"}, {"s", line.stream}};
}

json line_of(const PullDelete& line) {
    return {{"k", "del"}, {"e", descriptor_of(line.entity).name}, {"id", line.id}};
}

json line_of(const PullSum& line) {
    return {{"k", "sum"}, {"s", line.stream}, {"n", line.count}, {"h", hex_of(line.hash)}};
}

json line_of(const PullEnd& line) {
    return {{"k", "end"},           {"rows", line.rows}, {"crc", line.crc},
            {"seq", line.next_seq}, {"more", line.more}, {"page", line.page}};
}

PullLine read_begin(Reader& reader) {
    reader.allow_only({"k", "epoch", "set", "reset", "time", "streams", "user", "mid", "about"});
    return PullBegin{reader.text("epoch"),    reader.text("set"),  reader.boolean("reset"), reader.integer("time"),
                     reader.texts("streams"), reader.text("user"), reader.integer("mid"),   reader.integer("about")};
}

PullLine read_drop(Reader& reader) {
    reader.allow_only({"k", "s"});
    return PullDrop{reader.text("s")};
}

PullLine read_upsert(Reader& reader) {
    reader.allow_only({"k", "e", "id", "rev", "t", "by", "s", "v"});
    PullUpsert line;
    line.row.entity = read_entity(reader);
    line.row.id = reader.text("id");
    line.row.rev = reader.integer("rev");
    line.row.updated_ms = reader.integer("t");
    line.row.updated_by = reader.text("by");
    line.streams = reader.texts("s");
    const EntityDescriptor& descriptor = descriptor_of(line.row.entity);
    line.row.values.resize(descriptor.columns.size());
    const json& values = reader.object("v");
    for (const auto& [name, json_value] : values.items()) {
        const int index = descriptor.column_index(name);
        if (index < 0) {
            reader.complain(name, "is no column of the entity");
            break;
        }
        const auto column = static_cast<std::size_t>(index);
        line.row.values[column] = reader.value(json_value, name, descriptor.columns[column].type);
    }
    for (std::size_t index = 0; index < descriptor.columns.size(); ++index)
        if (descriptor.columns[index].presence == Presence::required &&
            std::holds_alternative<std::monostate>(line.row.values[index]))
            reader.complain(descriptor.columns[index].name, "is missing");
    return line;
}

PullLine read_delete(Reader& reader) {
    reader.allow_only({"k", "e", "id"});
    const Entity entity = read_entity(reader);
    return PullDelete{entity, reader.text("id")};
}

PullLine read_sum(Reader& reader) {
    reader.allow_only({"k", "s", "n", "h"});
    PullSum line;
    line.stream = reader.text("s");
    line.count = reader.integer("n");
    const auto hash = hash_of_hex(reader.text("h"));
    if (!hash) reader.complain("h", "must be 32 hexadecimal digits");
    line.hash = hash.value_or(line.hash);
    return line;
}

PullLine read_end(Reader& reader) {
    reader.allow_only({"k", "rows", "crc", "seq", "more", "page"});
    return PullEnd{reader.integer("rows"),
                   static_cast<std::uint32_t>(reader.integer("crc", 0, std::numeric_limits<std::uint32_t>::max())),
                   reader.integer("seq"), reader.boolean("more"),
                   reader.text("page", limits::pull_page_token_bytes_max)};
}

Result<PushResult> result_of(const json& object) {
    if (!object.is_object()) return fail(ErrorCode::invalid_argument, "a push result must be a JSON object");
    Reader reader(object, "push result");
    reader.allow_only({"mid", "intent", "r", "code", "message", "theirs"});
    PushResult result;
    result.mid = reader.integer("mid");
    result.intent = reader.text("intent");
    const auto kind = parse_text<OutcomeKind>(reader.text("r"));
    if (!kind) reader.complain("r", "names no outcome");
    result.outcome.kind = kind.value_or(OutcomeKind::rejected);
    const std::string code = reader.optional_text("code");
    const auto rejection = code.empty() ? RejectionCode::none : parse_text<RejectionCode>(code);
    if (!rejection) reader.complain("code", "names no reason");
    result.outcome.code = rejection.value_or(RejectionCode::defect);
    result.outcome.message = reader.optional_text("message", limits::error_message_bytes_max);
    result.outcome.theirs = reader.fields(reader.optional_object("theirs"));
    PORTAL_TRY(reader.status());
    return result;
}

constexpr auto error_texts = std::to_array<std::string_view>(
    {"invalid_argument", "not_found", "unauthenticated", "permission_denied", "conflict", "precondition_failed",
     "resource_exhausted", "unavailable", "storage_full", "corrupted", "unsupported_version", "internal"});
static_assert(error_texts.size() == static_cast<std::size_t>(ErrorCode::internal) + 1);

}  // namespace

std::string encode(const PullRequest& request) {
    json object = {{"proto", request.proto},        {"schema", request.schema}, {"client", request.client},
                   {"epoch", request.epoch},        {"seq", request.seq},       {"set", request.set},
                   {"max_bytes", request.max_bytes}};
    if (!request.page.empty()) object["page"] = request.page;
    if (!request.repair.empty()) object["repair"] = request.repair;
    return dump(object);
}

Result<PullRequest> decode_pull_request(std::string_view text) {
    constexpr std::string_view what = "pull request";
    PORTAL_TRY_ASSIGN(object, parse_object(text, what, limits::request_body_bytes_max));
    PORTAL_TRY(check_versions(object, what));
    Reader reader(object, what);
    reader.allow_only({"proto", "schema", "client", "epoch", "seq", "set", "max_bytes", "page", "repair"});
    PullRequest request;
    request.schema = static_cast<int>(reader.integer("schema"));
    request.client = reader.text("client");
    request.epoch = reader.text("epoch");
    request.seq = reader.integer("seq");
    request.set = reader.text("set");
    request.max_bytes = reader.integer("max_bytes");
    request.page = reader.optional_text("page", limits::pull_page_token_bytes_max);
    if (object.contains("repair")) request.repair = reader.texts("repair");
    if (request.repair.size() > limits::repair_streams_max) reader.complain("repair", "names too many streams");
    PORTAL_TRY(reader.status());
    return request;
}

std::string encode(const PullLine& line) {
    return std::visit(
        [](const auto& alternative) {
            if constexpr (std::is_same_v<std::decay_t<decltype(alternative)>, PullUpsert>)
                return encode_upsert(alternative);
            else
                return dump(line_of(alternative)) + '\n';
        },
        line);
}

Result<PullLine> decode_pull_line(std::string_view text) {
    if (auto upsert = decode_upsert(text)) return std::move(*upsert);
    PORTAL_TRY_ASSIGN(object, parse_object(text, "pull line", limits::pull_line_bytes_max));
    Reader reader(object, "pull line");
    const std::string kind = reader.text("k");
    Result<PullLine> line = fail(ErrorCode::invalid_argument, "pull line: member \"k\" names no line");
    if (kind == "begin") line = read_begin(reader);
    if (kind == "drop") line = read_drop(reader);
    if (kind == "up") line = read_upsert(reader);
    if (kind == "del") line = read_delete(reader);
    if (kind == "sum") line = read_sum(reader);
    if (kind == "end") line = read_end(reader);
    PORTAL_TRY(reader.status());
    return line;
}

std::string encode(const PushRequest& request) {
    json mutations = json::array();
    for (const Mutation& mutation : request.mutations)
        mutations.push_back(json_of(mutation));
    json object = {{"proto", request.proto},
                   {"schema", request.schema},
                   {"client", request.client},
                   {"acked", request.acked},
                   {"muts", std::move(mutations)}};
    if (!request.epoch.empty()) object["epoch"] = request.epoch;
    return dump(object);
}

Result<PushRequest> decode_push_request(std::string_view text) {
    constexpr std::string_view what = "push request";
    PORTAL_TRY_ASSIGN(object, parse_object(text, what, limits::request_body_bytes_max));
    PORTAL_TRY(check_versions(object, what));
    Reader reader(object, what);
    reader.allow_only({"proto", "schema", "client", "epoch", "acked", "muts"});
    PushRequest request;
    request.schema = static_cast<int>(reader.integer("schema"));
    request.client = reader.text("client");
    request.epoch = reader.optional_text("epoch");
    request.acked = reader.integer("acked");
    const json& mutations = reader.array("muts", limits::push_mutations_max);
    PORTAL_TRY(reader.status());
    for (const json& item : mutations) {
        PORTAL_TRY_ASSIGN(mutation, mutation_of(item));
        request.mutations.push_back(std::move(mutation));
    }
    return request;
}

std::string encode(const PushResponse& response) {
    json results = json::array();
    for (const PushResult& result : response.results) {
        json object = {{"mid", result.mid}, {"intent", result.intent}, {"r", text_of(result.outcome.kind)}};
        if (result.outcome.code != RejectionCode::none) object["code"] = text_of(result.outcome.code);
        if (!result.outcome.message.empty())
            object["message"] = result.outcome.message.substr(0, limits::error_message_bytes_max);
        if (!result.outcome.theirs.empty()) object["theirs"] = json_of(result.outcome.theirs);
        results.push_back(std::move(object));
    }
    return dump({{"epoch", response.epoch}, {"results", std::move(results)}, {"renew", response.renew_client}});
}

Result<PushResponse> decode_push_response(std::string_view text) {
    constexpr std::string_view what = "push response";
    PORTAL_TRY_ASSIGN(object, parse_object(text, what, limits::pull_line_bytes_max));
    Reader reader(object, what);
    reader.allow_only({"epoch", "results", "renew"});
    PushResponse response;
    response.epoch = reader.text("epoch");
    response.renew_client = reader.optional_boolean("renew");
    const json& results = reader.array("results", limits::push_mutations_max);
    PORTAL_TRY(reader.status());
    for (const json& item : results) {
        PORTAL_TRY_ASSIGN(result, result_of(item));
        response.results.push_back(std::move(result));
    }
    return response;
}

std::string encode(const Mutation& mutation) {
    return dump(json_of(mutation));
}

Result<Mutation> decode_mutation(std::string_view text) {
    PORTAL_TRY_ASSIGN(object, parse_object(text, "mutation", limits::request_body_bytes_max));
    return mutation_of(object);
}

std::string encode_error(const Error& error) {
    const auto code = static_cast<std::size_t>(error.code);
    check(code < error_texts.size(), "an error code outside its table");
    return dump(
        {{"error",
          {{"code", error_texts[code]}, {"message", error.message.substr(0, limits::error_message_bytes_max)}}}});
}

Result<Error> decode_error(std::string_view text) {
    PORTAL_TRY_ASSIGN(object, parse_object(text, "error", limits::request_body_bytes_max));
    Reader outer(object, "error");
    Reader reader(outer.object("error"), "error");
    const std::string code = reader.text("code");
    Error error{ErrorCode::internal, reader.text("message", limits::error_message_bytes_max)};
    const auto* found = std::find(error_texts.begin(), error_texts.end(), code);
    if (found == error_texts.end()) reader.complain("code", "names no error");
    PORTAL_TRY(outer.status());
    PORTAL_TRY(reader.status());
    error.code = static_cast<ErrorCode>(found - error_texts.begin());
    return error;
}

}  // namespace portal::wire
