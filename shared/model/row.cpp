#include "shared/model/row.hpp"

#include "shared/base/check.hpp"
#include "shared/model/records.hpp"

namespace portal {
namespace {

template <class Record>
EntityDescriptor describe(std::string_view name) {
    return {Record::entity, name, columns_of<Record>()};
}

const std::vector<EntityDescriptor>& descriptors() {
    static const std::vector<EntityDescriptor> table = {
        describe<Vendor>("vendor"),
        describe<PromoPlan>("promo_plan"),
        describe<Calendar>("calendar"),
        describe<Practice>("practice"),
        describe<Location>("location"),
        describe<User>("user"),
        describe<Grant>("grant"),
        describe<Integration>("integration"),
        describe<CheckRollup>("check_rollup"),
        describe<Incident>("incident"),
        describe<FactSegment>("fact_segment"),
        describe<FactRollup>("fact_rollup"),
        describe<Target>("target"),
        describe<Deposit>("deposit"),
        describe<DepositReview>("deposit_review"),
        describe<VendorCount>("vendor_count"),
        describe<Ticket>("ticket"),
        describe<Message>("message"),
        describe<ActionItem>("action_item"),
        describe<Prospect>("prospect"),
        describe<Notice>("notice"),
    };
    return table;
}

}  // namespace

int EntityDescriptor::column_index(std::string_view column) const {
    for (std::size_t index = 0; index < columns.size(); ++index)
        if (columns[index].name == column) return static_cast<int>(index);
    return -1;
}

const EntityDescriptor& descriptor_of(Entity entity) {
    const auto& table = descriptors();
    const auto index = static_cast<std::size_t>(entity);
    check(index < table.size() && table[index].entity == entity, "the entity table is out of order");
    return table[index];
}

std::span<const EntityDescriptor> all_entities() {
    return descriptors();
}

const EntityDescriptor* find_entity(std::string_view name) {
    for (const auto& descriptor : descriptors())
        if (descriptor.name == name) return &descriptor;
    return nullptr;
}

const Value& value_of(const Row& row, std::string_view column) {
    const int index = descriptor_of(row.entity).column_index(column);
    check(index >= 0, "no such column");
    return row.values.at(static_cast<std::size_t>(index));
}

void set_value(Row& row, std::string_view column, Value value) {
    const int index = descriptor_of(row.entity).column_index(column);
    check(index >= 0, "no such column");
    row.values.at(static_cast<std::size_t>(index)) = std::move(value);
}

std::string_view text_value(const Row& row, std::string_view column) {
    const auto* text = std::get_if<std::string>(&value_of(row, column));
    return text ? std::string_view(*text) : std::string_view();
}

std::int64_t integer_value(const Row& row, std::string_view column) {
    const auto* number = std::get_if<std::int64_t>(&value_of(row, column));
    return number ? *number : 0;
}

}  // namespace portal
