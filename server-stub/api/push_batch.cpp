#include "server-stub/api/push_batch.hpp"

#include "server-stub/api/incident.hpp"
#include "server-stub/api/notices.hpp"
#include "shared/wire/json_codec.hpp"

namespace portal::server {
namespace {

// The number is the client's: a renewed one offers the same under another.
std::string body_of(const Mutation& mutation) {
    Mutation plain = mutation;
    plain.mid = 0;
    return wire::encode(plain);
}

// What the user did is the same. What they saw may be missing: a client whose access was taken back has forgotten it.
bool is_same(const std::string& body, const Mutation& mutation) {
    auto known = wire::decode_mutation(body);
    if (!known) return false;
    Mutation plain = mutation;
    known->mid = plain.mid = 0;
    if (plain.was.empty()) known->was.clear();
    return *known == plain;
}

MutationOutcome rejected(RejectionCode code, std::string message) {
    return {OutcomeKind::rejected, code, std::move(message), {}};
}

}  // namespace

Status PushBatch::run(WriteTransaction& writes) {
    m_now_ms = m_services.clock.now_ms();
    m_response = {};
    // Grants as they are now: they may have been taken back while the push waited.
    const auto caller = writes.view().caller(m_user);
    if (!caller) return fail(ErrorCode::unauthenticated, "sign in first");
    ClientRecord client = writes.view().client(m_request.client).value_or(ClientRecord{m_request.client, m_user, 0});
    if (client.user != m_user) return fail(ErrorCode::permission_denied, "this replica belongs to another user");
    m_response.epoch = writes.view().head().epoch;
    if (!m_request.epoch.empty() && m_request.epoch != m_response.epoch) {
        m_response.renew_client = true;
        return {};
    }
    writes.act_as(m_user, m_now_ms);
    const std::int64_t last_mid_before = client.last_mid;
    for (const Mutation& mutation : m_request.mutations) {
        if (take(mutation, client, *caller, writes) == Step::go_on) continue;
        m_response.renew_client = true;
        break;
    }
    if (client.last_mid != last_mid_before) writes.put_client(client);
    return {};
}

PushBatch::Step PushBatch::take(const Mutation& mutation, ClientRecord& client, const Caller& caller,
                                WriteTransaction& writes) {
    if (mutation.mid <= client.last_mid) {
        auto outcome = repeated(mutation, client, writes.view());
        if (!outcome) return Step::renew;
        m_response.results.push_back({mutation.mid, mutation.intent, std::move(*outcome)});
        return Step::go_on;
    }
    if (mutation.mid != client.last_mid + 1) return Step::renew;
    const MutationRecord record = decide(mutation, caller, writes);
    writes.put_mutation(client.client, mutation.mid, record);
    client.last_mid = mutation.mid;
    m_response.results.push_back({mutation.mid, mutation.intent, record.outcome});
    return Step::go_on;
}

std::optional<MutationOutcome> PushBatch::repeated(const Mutation& mutation, const ClientRecord& client,
                                                   ReadSnapshot& view) {
    const auto intent = view.intent_of(client.client, mutation.mid);
    if (!intent || *intent != mutation.intent) return std::nullopt;
    auto record = view.mutation(*intent);
    if (!record || record->user != m_user || !is_same(record->body, mutation)) return std::nullopt;
    return std::move(record->outcome);
}

MutationRecord PushBatch::decide(const Mutation& mutation, const Caller& caller, WriteTransaction& writes) {
    MutationRecord record{mutation.intent, m_user, body_of(mutation), {}, {}, m_now_ms};
    if (auto known = writes.view().mutation(mutation.intent)) {
        if (known->user == m_user && is_same(known->body, mutation)) return *known;
        record.outcome = rejected(RejectionCode::invalid, "this intent was used for another mutation");
        return record;
    }
    if (!mutation.depends_on.empty()) {
        const auto parent = writes.view().mutation(mutation.depends_on);
        if (parent && parent->user == m_user && parent->outcome.kind == OutcomeKind::rejected) {
            record.outcome = rejected(RejectionCode::depends_on_rejected, "what this belongs to was refused");
            return record;
        }
    }
    record.outcome = mutate(mutation, caller, writes, record.incident);
    return record;
}

MutationOutcome PushBatch::mutate(const Mutation& mutation, const Caller& caller, WriteTransaction& writes,
                                  std::string& incident) {
    MutationOutcome outcome;
    try {
        writes.attempt([&] {
            const auto directory = writes.view().directory(m_user);
            MutationContext context{m_now_ms, caller, directory.get(), 0};
            const bool makes_ticket = mutation.kind == MutationKind::create && mutation.entity == Entity::ticket;
            if (makes_ticket) context.next_ticket_number = writes.next_ticket_number();
            outcome = apply_mutation(mutation, context, writes);
            if (outcome.kind == OutcomeKind::rejected) return false;
            add_notices(mutation, caller, m_now_ms, writes);
            return true;
        });
    } catch (const StorageFault&) {
        throw;
    } catch (const std::exception& exception) {
        // The same input would fail again: the number advances, so that one poisoned edit blocks no other.
        incident = incident_id("push", mutation.intent + exception.what(), m_now_ms);
        m_services.log.record("defect", incident + " in " + operation_text(mutation.kind, mutation.entity) + " " +
                                            mutation.intent + ": " + exception.what());
        outcome = rejected(RejectionCode::defect, "the server could not apply this; incident " + incident);
    }
    return outcome;
}

}  // namespace portal::server
