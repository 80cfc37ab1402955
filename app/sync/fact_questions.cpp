#include "app/sync/fact_questions.hpp"

#include <memory>

#include "app/sync/http_status.hpp"
#include "shared/base/limits.hpp"

namespace portal::sync {

FactQuestions::~FactQuestions() {
    if (m_request != 0) m_transport.cancel(m_request);
}

bool FactQuestions::step(Link link) {
    if (m_failed_after_ms && m_store.replica().state().last_exchange_ms > *m_failed_after_ms) {
        m_failed_after_ms.reset();
        m_store.forget_server_facts();
        return true;
    }
    if (m_request != 0) return false;
    const auto query = m_store.next_fact_question();
    if (!query) return false;
    if (link == Link::down) {
        fail_to_ask(*query);
        return true;
    }
    ask(*query);
    return false;
}

void FactQuestions::fail_to_ask(const wire::FactPageQuery& query) {
    m_failed_after_ms = m_store.replica().state().last_exchange_ms;
    m_store.take_facts(query, fail(ErrorCode::unavailable, {}));
}

void FactQuestions::ask(const wire::FactPageQuery& query) {
    platform::TransportRequest request;
    request.method = "GET";
    request.path = std::string(wire::facts_path) + "?" + wire::encode(query);
    auto reply = std::make_shared<Reply>();
    platform::TransportHandlers handlers;
    handlers.head = [reply](const platform::TransportHead& head) { reply->status = head.status; };
    handlers.chunk = [reply](std::string_view bytes) {
        // A page that is longer is none of ours and will not decode.
        if (reply->body.size() + bytes.size() <= limits::fact_page_bytes_max) reply->body += bytes;
    };
    handlers.done = [this, reply, query](const Status& status) {
        m_request = 0;
        answer(query, status, *reply);
        m_wake();
    };
    m_request = m_transport.send(std::move(request), std::move(handlers));
}

void FactQuestions::answer(const wire::FactPageQuery& query, const Status& status, const Reply& reply) {
    if (!status || (reply.status != status_ok && reply.status != status_forbidden)) return fail_to_ask(query);
    if (reply.status == status_forbidden) return m_store.take_facts(query, fail(ErrorCode::permission_denied, {}));
    m_store.take_facts(query, wire::decode_fact_page(reply.body, query.practice));
}

}  // namespace portal::sync
