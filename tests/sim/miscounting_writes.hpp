// A planted defect: of what edits write, rows of one kind are lost, or each is written once more under another id.
#pragma once

#include "tests/sim/forgetful_writes.hpp"

namespace portal::sim {

enum class Copies : std::uint8_t { none, two };

class MiscountingWrites final : public ForgetfulWrites {
  public:
    MiscountingWrites(server::WriteTransaction& inner, Entity entity, Copies copies)
        : ForgetfulWrites(inner, Forgets::nothing, 0), m_entity(entity), m_copies(copies) {}

    void put(const Row& row) override {
        if (row.entity != m_entity) return ForgetfulWrites::put(row);
        if (m_copies == Copies::none) return;
        ForgetfulWrites::put(row);
        Row twin = row;
        twin.id.back() = twin.id.back() == '0' ? '1' : '0';
        ForgetfulWrites::put(twin);
    }

  private:
    const Entity m_entity;
    const Copies m_copies;
};

}  // namespace portal::sim
