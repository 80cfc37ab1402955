// Invented names: none is a real practice, vendor, town or person. Internal to shared/tenant.
#pragma once

#include <string>
#include <string_view>

#include "shared/base/random.hpp"
#include "shared/model/states.hpp"

namespace portal::tenant {

enum class Zone : std::uint8_t { eastern, central, mountain, pacific };
inline constexpr std::size_t zone_count = 4;

struct City {
    std::string_view name;
    std::string_view state;
    Zone zone;
    std::string_view region;
};

std::string_view iana_name(Zone zone);
const City& city(std::size_t index);  // Any index; wraps.
std::size_t city_count();

std::string person_name(SeededRandom& random);
std::string practice_name(Specialty specialty, std::size_t index);

struct VendorName {
    std::string_view company, product;
    VendorKind kind;
    std::string_view domain;
};
inline constexpr std::size_t vendor_count = 12;
const VendorName& vendor_name(std::size_t index);

// "Tomas Finch" -> "tomas.finch"; letters outside ASCII are dropped to their base letter.
std::string mail_local_part(std::string_view person);

}  // namespace portal::tenant
