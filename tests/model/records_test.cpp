#include "shared/model/records.hpp"

#include <catch2/catch_test_macros.hpp>
#include <set>

#include "shared/model/mutation.hpp"

namespace portal {
namespace {

TEST_CASE("the entity table is in order and its names find it") {
    REQUIRE(all_entities().size() == entity_count);
    for (const EntityDescriptor& descriptor : all_entities()) {
        INFO(descriptor.name);
        CHECK(&descriptor_of(descriptor.entity) == &descriptor);
        CHECK(find_entity(descriptor.name) == &descriptor);
        std::set<std::string_view> names = {"id", "rev", "updated_ms", "updated_by"};
        for (const Column& column : descriptor.columns) {
            CHECK(names.insert(column.name).second);
            CHECK(descriptor.columns[static_cast<std::size_t>(descriptor.column_index(column.name))].name ==
                  column.name);
        }
        CHECK(descriptor.column_index("nonsense") == -1);
    }
    CHECK(find_entity("person") == nullptr);
    CHECK(find_entity("") == nullptr);
}

TEST_CASE("no column can hold what identifies a patient") {
    for (const EntityDescriptor& descriptor : all_entities())
        for (const Column& column : descriptor.columns)
            for (const std::string_view word : {"patient", "birth", "card_number", "account_number", "ssn"}) {
                INFO(descriptor.name << "." << column.name);
                CHECK(column.name.find(word) == std::string_view::npos);
            }
}

template <class Record>
void expect_round_trip(const Record& record) {
    const Row row = to_row(record);
    CHECK(row.values.size() == descriptor_of(Record::entity).columns.size());
    CHECK(to_row(from_row<Record>(row)) == row);
}

TEST_CASE("records and rows are the same data") {
    Ticket ticket;
    ticket.id = "t";
    ticket.rev = 4;
    ticket.updated_ms = 5;
    ticket.updated_by = "me";
    ticket.subject = "Línea";
    ticket.state = TicketState::waiting_vendor;
    ticket.due_ms = 99;
    expect_round_trip(ticket);
    const Row row = to_row(ticket);
    CHECK(text_value(row, "state") == "waiting_vendor");
    CHECK(integer_value(row, "due_ms") == 99);
    CHECK(std::holds_alternative<std::monostate>(value_of(row, "resolved_ms")));
    CHECK(integer_value(row, "resolved_ms") == 0);
    CHECK(text_value(row, "number").empty());
    FactSegment segment;
    segment.columns.data = std::string("\0\1", 2);
    expect_round_trip(segment);
    Integration integration;
    integration.blocked = true;
    integration.go_live_p50 = -3;
    expect_round_trip(integration);
    CHECK(integer_value(to_row(integration), "blocked") == 1);
    expect_round_trip(Vendor{});
    expect_round_trip(PromoPlan{});
    expect_round_trip(Calendar{});
    expect_round_trip(Practice{});
    expect_round_trip(Location{});
    expect_round_trip(User{});
    expect_round_trip(Grant{});
    expect_round_trip(CheckRollup{});
    expect_round_trip(Incident{});
    expect_round_trip(Target{});
    expect_round_trip(Deposit{});
    DepositReview review;
    review.day = 20'500;
    review.reviewed = true;
    review.reviewed_ms = 9;
    expect_round_trip(review);
    expect_round_trip(Message{});
    ActionItem action;
    action.done = true;
    action.done_ms = 7;
    action.due_on = 20'500;
    expect_round_trip(action);
    expect_round_trip(Prospect{});
    expect_round_trip(Notice{});
}

TEST_CASE("a word of a newer vocabulary leaves the default") {
    Row row = to_row(Ticket{});
    set_value(row, "priority", std::string("cosmic"));
    CHECK(from_row<Ticket>(row).priority == TicketPriority::normal);
}

template <class Enum>
void expect_words(Enum last) {
    for (int index = 0; index <= static_cast<int>(last); ++index) {
        const auto value = static_cast<Enum>(index);
        CHECK(parse_text<Enum>(text_of(value)) == value);
    }
    CHECK_FALSE(parse_text<Enum>("nonsense"));
    CHECK_FALSE(parse_text<Enum>(""));
}

TEST_CASE("every vocabulary has one word per value, and finds it back") {
    expect_words(Role::demo);
    expect_words(ScopeKind::programme);
    expect_words(IntegrationStage::cancelled);
    expect_words(TicketState::closed);
    expect_words(TicketPriority::urgent);
    expect_words(TicketCategory::other);
    expect_words(MessageVisibility::internal);
    expect_words(MessageAuthorKind::automatic);
    expect_words(Specialty::cosmetic);
    expect_words(VendorKind::revenue_cycle);
    expect_words(PlanKind::reduced_apr);
    expect_words(FactKind::void_);
    expect_words(FactStatus::authorized);
    expect_words(FactChannel::integrated);
    expect_words(IncidentSeverity::critical);
    expect_words(MutationKind::update);
    expect_words(OutcomeKind::rejected);
    expect_words(RejectionCode::defect);
    CHECK(text_of(TicketState::new_) == "new");
    CHECK(text_of(FactKind::void_) == "void");
    CHECK(text_of(MessageVisibility::public_) == "public");
}

TEST_CASE("an operation is the words of its entity and its kind") {
    for (const EntityDescriptor& descriptor : all_entities())
        for (const MutationKind kind : {MutationKind::create, MutationKind::update})
            CHECK(parse_operation(operation_text(kind, descriptor.entity)) == std::pair(kind, descriptor.entity));
    for (const std::string_view text : {"", "ticket", "ticket.", ".create", "ticket.create.now", "ticket.delete"})
        CHECK_FALSE(parse_operation(text));
}

}  // namespace
}  // namespace portal
