// A page of single facts: asked of the server by those who have no facts of their own, or whose facts are too many.
//
// GET /api/v1/facts?practice=ID&location=ID&plan=ID&channel=online&from=2026-01-01&until=2026-03-31&offset=0&count=50
// {"total":123,"as_of_ms":1,"facts":[{"key":"F-1","ref":"a","row":7,"kind":"sale","status":"settled","location":"01J..",
//   "plan":"01J..","channel":"online","existing":false,"duplicate":false,"event_day":"2026-03-04",
//   "posted_day":"2026-03-05","hour":9,"requested_cents":0,"approved_cents":0,"settled_cents":15000,"fee_cents":900}]}
//
// Days are the figures' own (applications by event day, money by posted day), both ends included; newest first.
// Errors: invalid_argument names the parameter or member. Thread: any.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/calendar_day.hpp"
#include "shared/base/limits.hpp"
#include "shared/base/result.hpp"
#include "shared/model/records.hpp"

namespace portal::wire {

inline constexpr std::string_view facts_path = "/api/v1/facts";

struct FactPageQuery {
    Id practice;
    Id location;  // Empty: all of the practice.
    Id plan;      // Empty: all.
    std::optional<FactChannel> channel;
    Day first_day = 0, last_day = 0;
    std::int64_t offset = 0;
    std::int64_t count = limits::fact_page_rows_default;  // 1 to limits::fact_page_rows_max.
    friend bool operator==(const FactPageQuery&, const FactPageQuery&) = default;
};

struct FactPage {
    std::int64_t total = 0;  // Facts that the query selects.
    InstantMs as_of_ms = 0;  // Server time.
    std::vector<FinancingFact> facts;
};

// "practice=..&from=..": what stands after the '?'.
std::string encode(const FactPageQuery& query);
Result<FactPageQuery> decode_fact_page_query(std::string_view query);
std::string encode(const FactPage& page);
// The facts get the practice that was asked for: an answer is of one practice and does not repeat it.
Result<FactPage> decode_fact_page(std::string_view text, const Id& practice);

// The value of a parameter of a query string whose values need no escapes: ids, closed words, days and numbers.
std::string_view query_value(std::string_view query, std::string_view name);

}  // namespace portal::wire
