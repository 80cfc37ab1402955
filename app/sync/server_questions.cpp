#include "app/sync/server_questions.hpp"

#include <memory>

#include "app/sync/http_status.hpp"
#include "shared/base/limits.hpp"

namespace portal::sync {

ServerQuestions::~ServerQuestions() {
    if (m_request != 0) m_transport.cancel(m_request);
}

bool ServerQuestions::step(Link link) {
    if (m_failed_after_ms && m_store.replica().state().last_exchange_ms > *m_failed_after_ms) {
        m_failed_after_ms.reset();
        m_store.forget_server_answers();
        return true;
    }
    if (m_request != 0) return false;
    auto question = next_question();
    if (!question) return false;
    if (link == Link::down) {
        fail_to_ask(*question);
        return true;
    }
    ask(std::move(*question));
    return false;
}

std::optional<ServerQuestions::Question> ServerQuestions::next_question() {
    if (const auto query = m_store.next_fact_question())
        return Question{std::string(wire::facts_path) + "?" + wire::encode(*query), limits::fact_page_bytes_max,
                        [this, query = *query](Result<std::string> body) {
                            m_store.take_facts(query, body.and_then([&](const std::string& text) {
                                return wire::decode_fact_page(text, query.practice);
                            }));
                        }};
    if (const auto query = m_store.next_peer_question())
        return Question{std::string(wire::peers_path) + "?" + wire::encode(*query), limits::peer_summary_bytes_max,
                        [this, query = *query](Result<std::string> body) {
                            m_store.take_peers(query, body.and_then(wire::decode_peer_summary));
                        }};
    return std::nullopt;
}

void ServerQuestions::fail_to_ask(const Question& question) {
    m_failed_after_ms = m_store.replica().state().last_exchange_ms;
    question.take(fail(ErrorCode::unavailable, {}));
}

void ServerQuestions::ask(Question question) {
    platform::TransportRequest request;
    request.method = "GET";
    request.path = question.path;
    auto reply = std::make_shared<Reply>();
    platform::TransportHandlers handlers;
    handlers.head = [reply](const platform::TransportHead& head) { reply->status = head.status; };
    handlers.chunk = [reply, bytes_max = question.bytes_max](std::string_view bytes) {
        // What is longer is none of ours and will not decode.
        if (reply->body.size() + bytes.size() <= bytes_max) reply->body += bytes;
    };
    handlers.done = [this, reply, question = std::move(question)](const Status& status) {
        m_request = 0;
        answer(question, status, *reply);
        m_wake();
    };
    m_request = m_transport.send(std::move(request), std::move(handlers));
}

void ServerQuestions::answer(const Question& question, const Status& status, Reply& reply) {
    if (!status || (reply.status != status_ok && reply.status != status_forbidden)) return fail_to_ask(question);
    if (reply.status == status_forbidden) return question.take(fail(ErrorCode::permission_denied, {}));
    question.take(std::move(reply.body));
}

}  // namespace portal::sync
