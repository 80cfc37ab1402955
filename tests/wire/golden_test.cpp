// The wire format, frozen. A failure here means that old browsers and the server would no longer understand each other:
// raise protocol_version or schema_version, write down how the older form is read, and only then renew the constant.
#include <catch2/catch_test_macros.hpp>

#include "shared/model/states.hpp"
#include "shared/rules/access.hpp"
#include "shared/wire/json_codec.hpp"
#include "tests/wire/samples.hpp"

namespace portal::wire {
namespace {

TEST_CASE("the bytes of every message are those of protocol 1, schema 7") {
    std::string bytes = encode(sample_pull_request());
    for (const PullLine& line : sample_pull_lines())
        bytes += encode(line);
    bytes += encode(sample_push_request());
    bytes += encode(sample_push_response());
    bytes += encode(sample_push_request().mutations.back());
    bytes += encode_error({ErrorCode::conflict, "changed meanwhile"});
    INFO(bytes);
    CHECK(protocol_version == 1);
    CHECK(schema_version == 7);
    CHECK(crc32(bytes) == 0x9fa61888u);
}

// Of a column, what both sides must agree on: another merge rule would have them answer the same edit differently.
char letter_of(ColumnType type) {
    return type == ColumnType::integer ? 'i' : type == ColumnType::text ? 't' : 'b';
}
char letter_of(Merge merge) {
    switch (merge) {
        case Merge::server_only:
            return 'n';
        case Merge::immutable:
            return 'c';
        case Merge::strict:
            return 's';
        case Merge::last_wins:
            return 'l';
        case Merge::set_operations:
            return 'o';
    }
    return '?';
}

TEST_CASE("the columns of every entity and their merge rules are those of schema 7") {
    std::string columns;
    for (const EntityDescriptor& descriptor : all_entities()) {
        columns.append(descriptor.name).append("(");
        for (const Column& column : descriptor.columns)
            (columns.append(column.name).append(":") += letter_of(column.type))
                .append(column.presence == Presence::optional ? "?" : "")
                .append(1, letter_of(column.merge))
                .append(",");
        columns += ")\n";
    }
    INFO(columns);
    CHECK(crc32(columns) == 0xa8aec924u);
}

TEST_CASE("the words of every vocabulary and of every error are those of protocol 1, schema 7") {
    std::string words;
    for (const Vocabulary& vocabulary : all_vocabularies()) {
        words.append(vocabulary.name).append("(");
        for (const std::string_view text : vocabulary.texts)
            words.append(text).append(",");
        words += ")\n";
    }
    for (int code = 0; code <= static_cast<int>(ErrorCode::internal); ++code)
        words += encode_error({static_cast<ErrorCode>(code), {}});
    INFO(words);
    CHECK(protocol_version == 1);
    CHECK(schema_version == 7);
    CHECK(crc32(words) == 0xca414bfbu);
}

// Of a row whose texts are the names of their columns, and of one that names no place.
enum class Places { named, none };
std::string streams_of(const EntityDescriptor& descriptor, Places places, MessageVisibility visibility) {
    Row row;
    row.entity = descriptor.entity;
    row.id = "id";
    for (const Column& column : descriptor.columns)
        row.values.push_back(column.type == ColumnType::integer ? Value{std::int64_t{0}}
                             : places == Places::named          ? Value{std::string(column.name)}
                                                                : Value{std::string()});
    if (descriptor.column_index("visibility") >= 0) set_value(row, "visibility", std::string(text_of(visibility)));
    std::string streams(descriptor.name);
    for (const StreamId& stream : streams_of_row(row))
        streams.append(" ").append(stream);
    return streams + "\n";
}

TEST_CASE("the streams of every entity are those of schema 7") {
    std::string streams;
    for (const EntityDescriptor& descriptor : all_entities())
        for (const Places places : {Places::named, Places::none})
            for (const auto visibility : {MessageVisibility::public_, MessageVisibility::internal})
                streams += streams_of(descriptor, places, visibility);
    INFO(streams);
    CHECK(schema_version == 7);
    CHECK(crc32(streams) == 0xd0ff34a6u);
}

TEST_CASE("a row's hash is the same on every platform and in every release") {
    const auto hash = row_hash(Entity::ticket, "01J8Z3K4M5N6P7Q8R9S0T1V2W4", 3);
    CHECK(hash[0] == 0xf736fa59e9e80c5dull);
    CHECK(hash[1] == 0x56240cfcc7938ee7ull);
}

}  // namespace
}  // namespace portal::wire
