#include "shared/tenant/blueprint.hpp"

#include <algorithm>
#include <array>

#include "shared/base/check.hpp"
#include "shared/tenant/blueprint_parts.hpp"

namespace portal::tenant {
namespace {

constexpr std::uint64_t fnv_offset = 0xCBF29CE484222325ull, fnv_prime = 0x100000001B3ull;
// The time part of every generated id: when the tenant was invented. Ids order nothing.
constexpr InstantMs id_time_ms = 1'704'067'200'000;

struct Cast {
    Plot plot;
    std::string_view name;
    Specialty specialty;
    std::size_t vendor;
    int locations;
    std::string_view size;
    std::size_t city;
};

// The named practices, in Plot's order.
constexpr auto cast = std::to_array<Cast>({
    {Plot::ledger_breaks, "Willow Creek Animal Hospital", Specialty::veterinary, 0, 3, "large", 0},
    {Plot::ledger_recovered, "Juniper Ridge Veterinary Partners", Specialty::veterinary, 0, 2, "large", 6},
    {Plot::early_go_live, "Harbor & Pine Dental Group", Specialty::dental, 1, 4, "large", 24},
    {Plot::low_pull_through, "Brightwater Family Dentistry", Specialty::dental, 2, 1, "large", 15},
    {Plot::mix_shift, "Cedar Hollow Orthodontics", Specialty::dental, 1, 1, "large", 18},
    {Plot::seasonal_dip, "Summit Pass Dental Care", Specialty::dental, 2, 1, "large", 9},
    {Plot::low_march, "Alder & Finch Dental Studio", Specialty::dental, 1, 2, "large", 23},
    {Plot::young, "Clínica Visual Peñaranda", Specialty::vision, 5, 1, "medium", 8},
    {Plot::spanish, "Clínica Dental Núñez y Asociados", Specialty::dental, 2, 1, "medium", 13},
    {Plot::missing_target, "Foxglove Hearing Center", Specialty::medical, 6, 1, "medium", 16},
    {Plot::silent_location, "Marigold Equine & Large Animal", Specialty::veterinary, 3, 2, "medium", 14},
    {Plot::flawless, "Stillwater Eye Associates", Specialty::vision, 5, 1, "medium", 26},
    {Plot::long_name,
     "The Greater Thistledown Valley Cooperative for Restorative Dentistry, Implantology and Oral Rehabilitation",
     Specialty::dental, 2, 1, "medium", 19},
    {Plot::open_forecast, "Copperleaf Dermatology", Specialty::cosmetic, 8, 1, "medium", 10},
    {Plot::blocked, "Redwillow Surgical Arts", Specialty::medical, 7, 1, "medium", 21},
    {Plot::credentials_fail, "Bluestem Animal Clinic", Specialty::veterinary, 4, 1, "small", 11},
});

constexpr std::size_t full_practices = 240, full_locations = 310, small_practices = 18;

std::size_t vendor_for(Specialty specialty, SeededRandom& random) {
    switch (specialty) {
        case Specialty::dental:
            return 1 + random.below(2);
        case Specialty::veterinary:
            return std::array<std::size_t, 3>{0, 3, 4}[random.below(3)];
        case Specialty::vision:
            return 5;
        case Specialty::medical:
            return 6 + random.below(2);
        case Specialty::cosmetic:
            return 8;
    }
    return 0;
}

Cast ordinary_cast(const DemoOptions& options, std::size_t index) {
    SeededRandom random = random_for(options, "ordinary", index);
    constexpr std::array<Specialty, 10> mix = {
        Specialty::dental,     Specialty::dental,     Specialty::dental, Specialty::dental,  Specialty::veterinary,
        Specialty::veterinary, Specialty::veterinary, Specialty::vision, Specialty::medical, Specialty::cosmetic};
    Cast made{};
    made.plot = Plot::ordinary;
    made.specialty = mix[random.below(mix.size())];
    made.vendor = vendor_for(made.specialty, random);
    made.locations = index % 4 == 0 ? 2 : 1;
    const std::uint64_t draw = random.below(100);
    made.size = draw < 50 ? "small" : draw < 85 ? "medium" : "large";
    made.city = random.below(city_count());
    return made;
}

void make_practice(Blueprint& blueprint, std::size_t index, const Cast& played) {
    const DemoOptions& options = blueprint.options;
    SeededRandom random = random_for(options, "practice", index);
    PracticePlan plan;
    plan.plot = played.plot;
    plan.vendor = played.vendor;
    plan.zone = city(played.city).zone;
    plan.spanish = played.plot == Plot::spanish || played.plot == Plot::young;
    plan.hours = played.plot != Plot::ordinary               ? OfficeHours::weekdays
                 : played.specialty == Specialty::veterinary ? OfficeHours::weekdays_and_saturday
                                                             : static_cast<OfficeHours>(random.below(3));
    if (played.plot == Plot::ordinary && index % 37 == 0) plan.hours = OfficeHours::every_day;
    constexpr std::array<double, 5> amount_by_specialty = {1.06, 0.74, 1.02, 0.82, 1.50};
    plan.amount_factor = amount_by_specialty[static_cast<std::size_t>(played.specialty)] * (0.85 + 0.3 * random.unit());
    plan.approval_share = 0.57 + 0.10 * random.unit();
    plan.use_share = 0.66 + 0.10 * random.unit();
    if (played.plot == Plot::flawless) plan.approval_share = 0.71;
    if (played.plot == Plot::low_pull_through) plan.approval_share = 0.78;

    Practice& row = plan.row;
    row.id = id_for(options, "practice", index);
    row.external_key = numbered_key("P", index + 1, 4);
    row.name = played.plot == Plot::ordinary ? practice_name(played.specialty, blueprint.ordinary_count++)
                                             : std::string(played.name);
    row.specialty = played.specialty;
    row.size = played.size;
    row.region = city(played.city).region;
    const bool first_book = options.scale == Scale::small || index < full_practices / 2;
    row.book = id_for(options, "book", first_book ? 0 : 1);
    row.team = id_for(options, "team", 0);
    row.enrolled_on = played.plot == Plot::young ? first_day_of_month(blueprint.this_month - 7) + 9
                                                 : blueprint.first_day - static_cast<Day>(100 + random.below(1'500));
    row.vendor_consent = played.vendor == 0 || random.chance(0.4);
    blueprint.practices.push_back(std::move(plan));
}

void make_locations(Blueprint& blueprint, std::size_t practice_index, const Cast& played) {
    PracticePlan& practice = blueprint.practices[practice_index];
    const DemoOptions& options = blueprint.options;
    for (int number = 0; number < played.locations; ++number) {
        const std::size_t index = blueprint.locations.size();
        SeededRandom random = random_for(options, "location", practice_index * 16 + static_cast<std::size_t>(number));
        const City& place = city(played.city + static_cast<std::size_t>(number));
        LocationPlan plan;
        plan.practice = practice_index;
        plan.zone = place.zone;
        plan.hours = practice.hours;
        const double size = played.size == "large" ? 5.0 : played.size == "medium" ? 2.4 : 1.0;
        // The stories stand in busy practices, where a change is more than noise.
        const double busy = played.plot <= Plot::low_march ? 2.6 : 1.0;
        plan.weight = size * busy * (0.75 + 0.5 * random.unit());
        plan.silent = played.plot == Plot::silent_location && number == 1;
        plan.row.id = id_for(options, "location", practice_index * 16 + static_cast<std::size_t>(number));
        plan.row.external_key = numbered_key("L", index + 1, 4);
        plan.row.practice = practice.row.id;
        plan.row.city = place.name;
        plan.row.state = place.state;
        plan.row.name = played.locations == 1 ? std::string("Main office") : std::string(place.name);
        plan.row.time_zone = iana_name(place.zone);
        plan.row.calendar = blueprint.calendars[static_cast<std::size_t>(plan.hours)].id;
        practice.locations.push_back(index);
        blueprint.locations.push_back(std::move(plan));
    }
}

void make_places(Blueprint& blueprint) {
    const bool full = blueprint.options.scale == Scale::full;
    const std::size_t count = full ? full_practices : small_practices;
    std::vector<Cast> played(cast.begin(), cast.end());
    while (played.size() < count)
        played.push_back(ordinary_cast(blueprint.options, played.size()));
    // Ordinary practices grow by a location, one after another, until the tenant has its number.
    std::size_t locations = 0;
    for (const auto& one : played)
        locations += static_cast<std::size_t>(one.locations);
    for (std::size_t index = cast.size(); full && locations < full_locations; ++index, ++locations)
        played[index].locations += 1;
    check(!full || locations == full_locations, "the cast has more locations than the tenant");
    for (std::size_t index = 0; index < count; ++index) {
        make_practice(blueprint, index, played[index]);
        make_locations(blueprint, index, played[index]);
    }
}

}  // namespace

SeededRandom random_for(const DemoOptions& options, std::string_view purpose, std::uint64_t index) {
    std::uint64_t hash = fnv_offset;
    for (const char c : purpose)
        hash = (hash ^ static_cast<std::uint8_t>(c)) * fnv_prime;
    SeededRandom mixed(hash ^ (options.seed * 0x9E3779B97F4A7C15ull));
    return SeededRandom(mixed.next() + index * 0xD1B54A32D192ED03ull);
}

Id id_for(const DemoOptions& options, std::string_view purpose, std::uint64_t index) {
    SeededRandom random = random_for(options, std::string("id:").append(purpose), index);
    return make_id(id_time_ms, random);
}

std::string numbered_key(std::string_view prefix, std::uint64_t number, int digits) {
    std::string text = std::to_string(number);
    if (text.size() < static_cast<std::size_t>(digits))
        text.insert(0, static_cast<std::size_t>(digits) - text.size(), '0');
    return std::string(prefix).append("-").append(text);
}

const PracticePlan& Blueprint::practice_of(Plot plot) const {
    for (const auto& practice : practices)
        if (practice.plot == plot) return practice;
    check(false, "every plot has its practice");
    return practices.front();
}

Day ledger_break_day(const Blueprint& blueprint) {
    return open_day_before(OfficeHours::weekdays, blueprint.options.today, 7);
}

DayRange recovered_break(const Blueprint& blueprint) {
    return {open_day_before(OfficeHours::weekdays, blueprint.options.today, 33),
            open_day_before(OfficeHours::weekdays, blueprint.options.today, 25)};
}

MonthIndex low_march(const Blueprint& blueprint) {
    MonthIndex month = blueprint.this_month - 1;
    while (month % 12 != 2)
        --month;
    return month;
}

Blueprint make_blueprint(const DemoOptions& options) {
    Blueprint blueprint;
    blueprint.options = options;
    blueprint.last_day = options.today - 1;
    blueprint.this_month = month_of_day(blueprint.last_day);
    blueprint.first_day = first_day_of_month(blueprint.this_month - 24);
    make_reference(blueprint);
    make_places(blueprint);
    make_people(blueprint);
    make_integrations(blueprint);
    return blueprint;
}

}  // namespace portal::tenant
