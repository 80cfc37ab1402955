#include "shared/tenant/names.hpp"

#include <array>
#include <span>

namespace portal::tenant {
namespace {

constexpr auto cities = std::to_array<City>({
    {"Maple Falls", "OR", Zone::pacific, "West"},       {"Port Laurel", "WA", Zone::pacific, "West"},
    {"Casa Verde", "CA", Zone::pacific, "West"},        {"San Albino", "CA", Zone::pacific, "West"},
    {"Fern Harbor", "WA", Zone::pacific, "West"},       {"Cobalt Springs", "NV", Zone::pacific, "West"},
    {"Silver Mesa", "CO", Zone::mountain, "Mountain"},  {"Antelope Ford", "UT", Zone::mountain, "Mountain"},
    {"Tres Pinos", "NM", Zone::mountain, "Mountain"},   {"Larkspur Gulch", "CO", Zone::mountain, "Mountain"},
    {"Elkhorn Bend", "MT", Zone::mountain, "Mountain"}, {"Prairie Oak", "TX", Zone::central, "South"},
    {"Bayou Crossing", "LA", Zone::central, "South"},   {"Rio Claro", "TX", Zone::central, "South"},
    {"Wheaton Hollow", "KS", Zone::central, "Midwest"}, {"Lake Marian", "MN", Zone::central, "Midwest"},
    {"Birch Landing", "WI", Zone::central, "Midwest"},  {"Kestrel Park", "IL", Zone::central, "Midwest"},
    {"Quarry Hill", "OH", Zone::eastern, "Midwest"},    {"Amber Mills", "MI", Zone::eastern, "Midwest"},
    {"Palmetto Key", "FL", Zone::eastern, "South"},     {"Magnolia Reach", "GA", Zone::eastern, "South"},
    {"Tidewater Glen", "VA", Zone::eastern, "South"},   {"Stonebridge", "PA", Zone::eastern, "Northeast"},
    {"Gull Point", "ME", Zone::eastern, "Northeast"},   {"North Fallow", "NY", Zone::eastern, "Northeast"},
    {"Chestnut Row", "NJ", Zone::eastern, "Northeast"}, {"Bellweather", "MA", Zone::eastern, "Northeast"},
});

constexpr auto first_names = std::to_array<std::string_view>(
    {"Ada",    "Bruno",   "Carmen", "Dario",  "Elena",  "Felix",  "Greta",  "Hugo",  "Ines",
     "Jasper", "Katya",   "Leon",   "Marta",  "Nadia",  "Oscar",  "Paloma", "Quinn", "Rosa",
     "Silas",  "Talia",   "Ursula", "Víctor", "Wanda",  "Ximena", "Yusuf",  "Zoe",   "Amara",
     "Basil",  "Celeste", "Dmitri", "Esther", "Fabián", "Gwen",   "Héctor", "Ivy",   "Joaquín"});

constexpr auto last_names = std::to_array<std::string_view>(
    {"Abernathy", "Bellamy",   "Corrigan",  "Delacroix", "Esposito",  "Fairbanks", "Galindo",  "Hollis",
     "Ibarra",    "Jefferies", "Kowalski",  "Lindqvist", "Montoya",   "Nakamura",  "Oyelaran", "Peñaloza",
     "Quintero",  "Radcliffe", "Söderberg", "Thackeray", "Underhill", "Valdés",    "Wexler",   "Yarrow",
     "Zielinski", "Ashworth",  "Brightman", "Castañeda", "Drummond",  "Eastwick"});

constexpr auto practice_words = std::to_array<std::string_view>(
    {"Amberfield", "Birchwood",   "Clearbrook",  "Dovetail",  "Evergreen",  "Fieldstone", "Goldenrod",  "Heatherton",
     "Ironwood",   "Jade Valley", "Kingfisher",  "Larkmoor",  "Meadowlark", "Northgate",  "Orchard",    "Pinecrest",
     "Quillback",  "Riverbend",   "Sagebrush",   "Tamarack",  "Underhill",  "Vineyard",   "Windermere", "Yellowwood",
     "Ashgrove",   "Bluewater",   "Copper Hill", "Driftwood", "Elmhurst",   "Foxtail"});

constexpr auto dental_tails =
    std::to_array<std::string_view>({"Family Dental", "Dental Care", "Orthodontics", "Oral Surgery", "Dental Arts",
                                     "Periodontics", "Pediatric Dentistry", "Smile Studio"});
constexpr auto veterinary_tails =
    std::to_array<std::string_view>({"Animal Hospital", "Veterinary Clinic", "Pet Care Center", "Veterinary Surgery",
                                     "Companion Clinic", "Cat Clinic", "Animal Emergency", "Veterinary Partners"});
constexpr auto medical_tails =
    std::to_array<std::string_view>({"Hearing Center", "Sleep Clinic", "Physical Therapy", "Surgical Group",
                                     "Fertility Center", "Podiatry", "Pain Clinic", "Bariatrics"});
constexpr auto vision_tails =
    std::to_array<std::string_view>({"Eye Care", "Vision Center", "Optometry", "Laser Vision", "Eye Surgeons",
                                     "Optical", "Eye Institute", "Family Vision"});
constexpr auto cosmetic_tails =
    std::to_array<std::string_view>({"Dermatology", "Aesthetics", "Skin Clinic", "Plastic Surgery", "Laser Center",
                                     "Med Spa", "Skin & Laser", "Hair Restoration"});

constexpr auto vendors = std::to_array<VendorName>({
    {"Canino Software", "Canino PMS", VendorKind::practice_management, "canino.example"},
    {"Dentara Systems", "Dentara One", VendorKind::practice_management, "dentara.example"},
    {"Molarion", "Molarion Cloud", VendorKind::practice_management, "molarion.example"},
    {"Pawledger", "Pawledger Desk", VendorKind::practice_management, "pawledger.example"},
    {"Vetrica Labs", "Vetrica Suite", VendorKind::practice_management, "vetrica.example"},
    {"Opticore", "Opticore Practice", VendorKind::practice_management, "opticore.example"},
    {"Meridoc Health", "Meridoc EHR", VendorKind::health_record, "meridoc.example"},
    {"Chartwell Point", "Chartwell Record", VendorKind::health_record, "chartwellpoint.example"},
    {"Dermalis", "Dermalis EHR", VendorKind::health_record, "dermalis.example"},
    {"Claimspring", "Claimspring RCM", VendorKind::revenue_cycle, "claimspring.example"},
    {"Tallyworth", "Tallyworth Billing", VendorKind::revenue_cycle, "tallyworth.example"},
    {"Northledger", "Northledger Revenue", VendorKind::revenue_cycle, "northledger.example"},
});
static_assert(vendors.size() == vendor_count);

std::span<const std::string_view> tails_of(Specialty specialty) {
    switch (specialty) {
        case Specialty::dental:
            return dental_tails;
        case Specialty::veterinary:
            return veterinary_tails;
        case Specialty::medical:
            return medical_tails;
        case Specialty::vision:
            return vision_tails;
        case Specialty::cosmetic:
            return cosmetic_tails;
    }
    return dental_tails;
}

}  // namespace

std::string_view iana_name(Zone zone) {
    constexpr std::array<std::string_view, zone_count> names = {"America/New_York", "America/Chicago", "America/Denver",
                                                                "America/Los_Angeles"};
    return names[static_cast<std::size_t>(zone)];
}

const City& city(std::size_t index) {
    return cities[index % cities.size()];
}
std::size_t city_count() {
    return cities.size();
}

std::string person_name(SeededRandom& random) {
    std::string name(first_names[random.below(first_names.size())]);
    return name.append(" ").append(last_names[random.below(last_names.size())]);
}

std::string practice_name(Specialty specialty, std::size_t index) {
    const auto tails = tails_of(specialty);
    std::string name(practice_words[index % practice_words.size()]);
    return name.append(" ").append(tails[index / practice_words.size() % tails.size()]);
}

const VendorName& vendor_name(std::size_t index) {
    return vendors.at(index);
}

std::string mail_local_part(std::string_view person) {
    std::string local;
    for (std::size_t index = 0; index < person.size(); ++index) {
        const char c = person[index];
        if (c == ' ') {
            local.push_back('.');
        } else if (static_cast<unsigned char>(c) < 0x80) {
            local.push_back(static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c));
        } else if (c == '\xC3' && index + 1 < person.size()) {
            // The Latin letters that our names use: their second byte tells the base letter.
            switch (person[++index]) {
                case '\xA1':
                    local.push_back('a');
                    break;
                case '\xA9':
                    local.push_back('e');
                    break;
                case '\xAD':
                    local.push_back('i');
                    break;
                case '\xB1':
                    local.push_back('n');
                    break;
                case '\xB3':
                case '\xB6':
                    local.push_back('o');
                    break;
                case '\xBA':
                    local.push_back('u');
                    break;
                default:
                    break;
            }
        }
    }
    return local;
}

}  // namespace portal::tenant
