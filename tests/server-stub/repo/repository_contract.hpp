// What every implementation of the repository must do. Call from a TEST_CASE with a maker of fresh repositories; each
// section gets one of its own.
#pragma once

#include <functional>
#include <memory>

#include "server-stub/repo/repository.hpp"

namespace portal::server::test {

using MakeRepository = std::function<std::unique_ptr<Repository>()>;

void check_rows_contract(const MakeRepository& make);
void check_streams_contract(const MakeRepository& make);
void check_mutations_contract(const MakeRepository& make);
void check_accounts_contract(const MakeRepository& make);
void check_imports_contract(const MakeRepository& make);
void check_shares_contract(const MakeRepository& make);
void check_garbage_contract(const MakeRepository& make);

}  // namespace portal::server::test
