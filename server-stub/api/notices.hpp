// What a mutation tells other people: a notice in their own stream, written in the mutation's own transaction.
#pragma once

#include "server-stub/repo/repository.hpp"
#include "shared/model/mutation.hpp"

namespace portal::server {

// A public reply tells the ticket's requester and assignee, except its author. The notice's id derives from the
// message's, so that a repetition writes nothing new.
void add_notices(const Mutation& mutation, const Caller& author, InstantMs now_ms, WriteTransaction& writes);

}  // namespace portal::server
