// The wire format, frozen. A failure here means that old browsers and the server would no longer understand each other:
// raise protocol_version or schema_version, write down how the older form is read, and only then renew the constant.
#include <catch2/catch_test_macros.hpp>

#include "shared/wire/json_codec.hpp"
#include "tests/wire/samples.hpp"

namespace portal::wire {
namespace {

TEST_CASE("the bytes of every message are those of protocol 1, schema 6") {
    std::string bytes = encode(sample_pull_request());
    for (const PullLine& line : sample_pull_lines())
        bytes += encode(line);
    bytes += encode(sample_push_request());
    bytes += encode(sample_push_response());
    bytes += encode(sample_push_request().mutations.back());
    bytes += encode_error({ErrorCode::conflict, "changed meanwhile"});
    INFO(bytes);
    CHECK(protocol_version == 1);
    CHECK(schema_version == 6);
    CHECK(crc32(bytes) == 0x6bb2c513u);
}

TEST_CASE("the columns of every entity are those of schema 6") {
    std::string columns;
    for (const EntityDescriptor& descriptor : all_entities()) {
        columns.append(descriptor.name).append("(");
        for (const Column& column : descriptor.columns)
            columns.append(column.name)
                .append(column.type == ColumnType::integer ? ":i"
                        : column.type == ColumnType::text  ? ":t"
                                                           : ":b")
                .append(column.presence == Presence::optional ? "?," : ",");
        columns += ")\n";
    }
    INFO(columns);
    CHECK(crc32(columns) == 0x68a4c70au);
}

TEST_CASE("a row's hash is the same on every platform and in every release") {
    const auto hash = row_hash(Entity::ticket, "01J8Z3K4M5N6P7Q8R9S0T1V2W4", 3);
    CHECK(hash[0] == 0xf736fa59e9e80c5dull);
    CHECK(hash[1] == 0x56240cfcc7938ee7ull);
}

}  // namespace
}  // namespace portal::wire
