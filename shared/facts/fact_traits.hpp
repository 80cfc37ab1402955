// What the figures need to know of a fact besides its amounts, in one byte, and what a fact with that byte adds.
//
// A code stands for kind, status, duplicate and one detail that other facts decide. What it adds to the sums is not
// written down here: it is asked of add_fact() once for each code, as a number without the amounts and one factor for
// each of the two amounts that a fact moves. Internal to shared/facts. Thread: any.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "shared/facts/fact_question.hpp"

namespace portal {

using TraitCode = std::uint8_t;

// Details, each of its own kind of fact; 0 for all others.
// Of an approved application: `presented` at a sale that did not settle, or not to stay.
enum class FactUse : std::uint8_t { unused, presented, used, used_and_kept };
enum class SaleRow : std::uint8_t { first, first_in_plan, further };  // Of a sale that may be split over rows.
// A refund's is 1 when its sale was posted in an earlier month; a void's is 0 when nothing had been settled, otherwise
// 1 + its SaleRow.
inline constexpr std::uint8_t refund_of_earlier_month = 1, void_of_settled = 1;

struct FactTraits {
    FactKind kind = FactKind::application;
    FactStatus status = FactStatus::none;
    bool duplicate = false;
    std::uint8_t detail = 0;
};

namespace fact_traits {

inline constexpr std::size_t kinds = 6, statuses = 9, details_max = 4;

constexpr bool is_approval(FactStatus status) {
    return status == FactStatus::approved || status == FactStatus::counter_offer;
}

// How many details such a fact can have.
constexpr std::uint8_t details_of(FactKind kind, FactStatus status, bool duplicate) {
    if (duplicate) return 1;
    if (kind == FactKind::application) return is_approval(status) ? 4 : 1;
    if (kind == FactKind::sale) return status == FactStatus::settled ? 3 : 1;
    if (kind == FactKind::refund) return 2;
    return kind == FactKind::void_ ? 4 : 1;
}

struct Numbering {
    std::array<FactTraits, 256> traits{};
    std::array<TraitCode, kinds * statuses * 2 * details_max> codes{};
    std::size_t count = 0;
};

constexpr std::size_t place_of(const FactTraits& traits) {
    const std::size_t fact = static_cast<std::size_t>(traits.kind) * statuses + static_cast<std::size_t>(traits.status);
    return (fact * 2 + (traits.duplicate ? 1 : 0)) * details_max + traits.detail;
}

constexpr Numbering make_numbering() {
    Numbering numbering;
    for (std::size_t fact = 0; fact < kinds * statuses * 2; ++fact) {
        FactTraits traits{static_cast<FactKind>(fact / 2 / statuses), static_cast<FactStatus>(fact / 2 % statuses),
                          fact % 2 != 0, 0};
        const std::uint8_t details = details_of(traits.kind, traits.status, traits.duplicate);
        for (traits.detail = 0; traits.detail < details; ++traits.detail) {
            numbering.codes[place_of(traits)] = static_cast<TraitCode>(numbering.count);
            numbering.traits[numbering.count++] = traits;
        }
    }
    return numbering;
}
inline constexpr Numbering numbering = make_numbering();

}  // namespace fact_traits

// Of rows that are no longer there. No fact has it.
inline constexpr TraitCode dead_code = 255;
static_assert(fact_traits::numbering.count < dead_code, "a byte numbers all traits");

constexpr TraitCode code_of(const FactTraits& traits) {
    return fact_traits::numbering.codes[fact_traits::place_of(traits)];
}
// Not of dead rows.
constexpr const FactTraits& traits_of(TraitCode code) {
    return fact_traits::numbering.traits[code];
}

// The two amounts that a fact moves: requested and approved of an application, settled and fee of money.
struct FactMoney {
    std::int64_t first = 0, second = 0;
};

inline constexpr std::uint16_t existing_key = 256;

// Which rows count as a split sale's one sale: the first of all, or the first of each plan where plans are told apart.
enum class SplitBy : std::uint8_t { sale, plan };

FactEvent event_of(TraitCode code, bool existing_cardholder, SplitBy split, FactMoney money);

// A sum grows by base * rows + of_first * sum of first amounts + of_second * sum of second amounts.
struct Contribution {
    using Factors = std::array<std::int8_t, fact_sum_members.size()>;
    Factors base{}, of_first{}, of_second{};
    friend bool operator==(const Contribution&, const Contribution&) = default;
};

// Codes that add alike are of one class. Class 0 adds nothing and is that of dead rows only.
class ContributionClasses {
  public:
    static constexpr std::size_t keys = 512;  // A code, and existing_key for existing cardholders.

    explicit ContributionClasses(SplitBy split);
    const std::vector<Contribution>& classes() const { return m_classes; }
    std::uint8_t class_of(std::size_t key) const { return m_class_of[key]; }
    // The measures that such a fact adds something to.
    FactMeasures measures_moved(std::size_t key) const { return m_moved[m_class_of[key]]; }

  private:
    std::vector<Contribution> m_classes;
    std::vector<FactMeasures> m_moved;  // By class.
    std::array<std::uint8_t, keys> m_class_of{};
};

const ContributionClasses& contribution_classes(SplitBy split);

// What one question adds up: rows that add alike to the sums it asks for share a slot; slot 0 is for all others.
struct MeasureSlots {
    std::array<std::uint8_t, ContributionClasses::keys> slot_of{};
    std::vector<Contribution> slots;  // [0] is empty.
    bool needs_first = false, needs_second = false;

    // Of facts that the filter's kinds, statuses and cardholder let through.
    MeasureSlots(const FactFilter& filter, SplitBy split, FactMeasures measures);
};

// Can a fact with this code, and this cardholder, be what the filter asks for?
bool is_wanted(const FactFilter& filter, TraitCode code, bool existing_cardholder);

}  // namespace portal
