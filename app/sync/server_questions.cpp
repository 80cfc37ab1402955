#include "app/sync/server_questions.hpp"

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
    // What is longer is none of ours and will not decode.
    const std::size_t bytes_max = question.bytes_max;
    m_request = platform::ask(m_transport, std::move(request), bytes_max,
                              [this, question = std::move(question)](platform::HttpAnswer told) {
                                  m_request = 0;
                                  answer(question, std::move(told));
                                  m_wake();
                              });
}

void ServerQuestions::answer(const Question& question, platform::HttpAnswer told) {
    if (told.status == platform::http_forbidden) return question.take(fail(ErrorCode::permission_denied, {}));
    if (told.status != platform::http_ok) return fail_to_ask(question);
    question.take(std::move(told.body));
}

}  // namespace portal::sync
