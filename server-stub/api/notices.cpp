#include "server-stub/api/notices.hpp"

#include <set>

#include "server-stub/auth/sessions.hpp"

namespace portal::server {
namespace {

constexpr std::string_view id_alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t id_characters = 26;

// ULID-shaped, from the message and the reader.
Id notice_id(const Id& message, const Id& user) {
    const std::string hash = hash_token(message + "\n" + user);
    const auto digit = [&](std::size_t index) {
        const char c = hash[index];
        return static_cast<std::size_t>(c <= '9' ? c - '0' : c - 'a' + 10);
    };
    // Five bits a character: a hex digit and one bit of the next.
    Id id = "0";
    for (std::size_t index = 2; id.size() < id_characters; index += 2)
        id += id_alphabet[digit(index) * 2 + digit(index + 1) % 2];
    return id;
}

}  // namespace

void add_notices(const Mutation& mutation, const Caller& author, InstantMs now_ms, WriteTransaction& writes) {
    if (mutation.kind != MutationKind::create || mutation.entity != Entity::message) return;
    const auto message_row = writes.get(Entity::message, mutation.row);
    if (!message_row) return;
    const auto message = from_row<Message>(*message_row);
    if (message.visibility != MessageVisibility::public_) return;
    const auto ticket_row = writes.get(Entity::ticket, message.ticket);
    if (!ticket_row) return;
    const auto ticket = from_row<Ticket>(*ticket_row);
    for (const Id& reader : std::set<Id>{ticket.requester, ticket.assignee}) {
        if (reader.empty() || reader == author.user || !writes.get(Entity::user, reader)) continue;
        Notice notice;
        notice.id = notice_id(message.id, reader);
        notice.user = reader;
        notice.kind = "reply";
        notice.subject = ticket.id;
        // The words are made where they are read, in the reader's language; this is the part that is data.
        notice.text = "#" + std::to_string(ticket.number) + " " + ticket.subject;
        notice.created_ms = now_ms;
        writes.put(to_row(notice));
    }
}

}  // namespace portal::server
