// The figures' sums in SQL: the definition that tests, auditors and the server's ad-hoc queries can check the engine
// by.
//
// Over a table financing_fact with FinancingFact's members as columns, vocabularies as their texts, booleans as 0
// and 1. Parameters: ?1 first day, ?2 last day, both included; pull_through also ?3, the source's closing date.
#pragma once

#include <string_view>

namespace portal::fact_sql {

// Net financed volume in cents.
inline constexpr std::string_view net_cents = R"(
SELECT coalesce(sum(CASE kind
         WHEN 'sale' THEN CASE status WHEN 'settled' THEN settled_cents ELSE 0 END
         WHEN 'void' THEN -settled_cents
         WHEN 'refund' THEN -settled_cents
         WHEN 'chargeback' THEN -settled_cents
         WHEN 'reversal' THEN settled_cents
         ELSE 0 END), 0)
  FROM financing_fact WHERE duplicate = 0 AND posted_day BETWEEN ?1 AND ?2)";

// Gross settled cents: average sale's numerator, plan mix's and the fee rate's denominator.
inline constexpr std::string_view gross_cents = R"(
SELECT coalesce(sum(CASE WHEN kind = 'sale' AND status = 'settled' THEN settled_cents
                         WHEN kind = 'void' THEN -settled_cents ELSE 0 END), 0)
  FROM financing_fact WHERE duplicate = 0 AND posted_day BETWEEN ?1 AND ?2)";

// Number of sales: the rows of a split share location, reference and event day; a void takes its sale back out. A sale
// counts on the posted day of its first row.
inline constexpr std::string_view sales = R"(
SELECT coalesce(sum(CASE kind WHEN 'sale' THEN 1 ELSE -1 END), 0)
  FROM (SELECT kind, posted_day, row_number() OVER (
               PARTITION BY kind, CASE application_ref WHEN '' THEN external_key
                                  ELSE location || '/' || application_ref || '/' || event_day END
               ORDER BY external_key) AS nth
          FROM financing_fact
         WHERE duplicate = 0 AND ((kind = 'sale' AND status = 'settled') OR (kind = 'void' AND settled_cents > 0)))
 WHERE nth = 1 AND posted_day BETWEEN ?1 AND ?2)";

// Fees kept: merchant fees of settled sales and reversals without those given back.
inline constexpr std::string_view fee_cents_net = R"(
SELECT coalesce(sum(CASE kind
         WHEN 'sale' THEN CASE status WHEN 'settled' THEN fee_cents ELSE 0 END
         WHEN 'void' THEN CASE WHEN settled_cents > 0 THEN -fee_cents ELSE 0 END
         WHEN 'refund' THEN -fee_cents
         WHEN 'chargeback' THEN -fee_cents
         WHEN 'reversal' THEN fee_cents
         ELSE 0 END), 0)
  FROM financing_fact WHERE duplicate = 0 AND posted_day BETWEEN ?1 AND ?2)";

// Refunds whose sale was posted in an earlier month.
inline constexpr std::string_view refund_earlier_cents = R"(
SELECT coalesce(sum(refund.settled_cents), 0)
  FROM financing_fact AS refund
 WHERE refund.duplicate = 0 AND refund.kind = 'refund' AND refund.application_ref <> ''
   AND refund.posted_day BETWEEN ?1 AND ?2
   AND (SELECT strftime('%Y-%m', min(sale.posted_day) * 86400, 'unixepoch') FROM financing_fact AS sale
         WHERE sale.practice = refund.practice AND sale.application_ref = refund.application_ref
           AND sale.kind = 'sale' AND sale.status = 'settled' AND sale.duplicate = 0)
       < strftime('%Y-%m', refund.posted_day * 86400, 'unixepoch'))";

// Columns: approved, declined, requested cents, approved cents of decided applications.
inline constexpr std::string_view decided = R"(
SELECT coalesce(sum(status <> 'declined'), 0), coalesce(sum(status = 'declined'), 0), coalesce(sum(requested_cents), 0),
       coalesce(sum(CASE status WHEN 'declined' THEN 0 ELSE approved_cents END), 0)
  FROM financing_fact
 WHERE kind = 'application' AND duplicate = 0 AND status IN ('approved', 'counter_offer', 'declined')
   AND event_day BETWEEN ?1 AND ?2)";

// Columns: approved and used, of matured cohorts; 63 days are the 60 of the definition and 3 of settlement lag.
inline constexpr std::string_view pull_through = R"(
SELECT count(*), coalesce(sum(
         application.application_ref <> ''
         AND EXISTS (SELECT 1 FROM financing_fact AS sale
                      WHERE sale.practice = application.practice AND sale.application_ref = application.application_ref
                        AND sale.kind = 'sale' AND sale.status = 'settled' AND sale.duplicate = 0
                        AND sale.posted_day BETWEEN application.event_day AND application.event_day + 63)
         AND (SELECT sum(CASE WHEN sale.kind = 'sale' AND sale.status = 'settled' THEN sale.settled_cents
                              WHEN sale.kind = 'void' THEN -sale.settled_cents ELSE 0 END) FROM financing_fact AS sale
               WHERE sale.practice = application.practice AND sale.application_ref = application.application_ref
                 AND sale.duplicate = 0) > 0), 0)
  FROM financing_fact AS application
 WHERE application.kind = 'application' AND application.duplicate = 0
   AND application.status IN ('approved', 'counter_offer')
   AND application.event_day BETWEEN ?1 AND ?2 AND application.event_day + 63 <= ?3)";

// Every fact with what depends on others, whatever a filter selects later: whether it is the first row of its sale, or
// of its sale's share of a plan; whether a refund's sale was posted in an earlier month; whether an approved
// application was used, in time and not refunded in full, or presented at any sale; its one amount; and its own day.
inline constexpr std::string_view marked_facts = R"(
WITH counted AS (
  SELECT *, duplicate = 0 AND application_ref <> ''
            AND ((kind = 'sale' AND status = 'settled') OR (kind = 'void' AND settled_cents > 0)) AS splittable
    FROM financing_fact),
reference AS (
  SELECT practice AS of_practice, application_ref AS of_application,
         min(CASE WHEN kind = 'sale' AND status = 'settled' THEN posted_day END) AS first_posted,
         sum(CASE WHEN kind = 'sale' AND status = 'settled' THEN settled_cents
                  WHEN kind = 'void' THEN -settled_cents ELSE 0 END) AS gross,
         sum(CASE WHEN kind IN ('refund', 'chargeback') THEN settled_cents
                  WHEN kind = 'reversal' THEN -settled_cents ELSE 0 END) AS refunded
    FROM financing_fact WHERE duplicate = 0 AND application_ref <> '' GROUP BY practice, application_ref)
SELECT counted.*,
       splittable = 0 OR row_number() OVER (PARTITION BY splittable, kind, location, application_ref, event_day
                                            ORDER BY external_key) = 1 AS first_of_sale,
       splittable = 0 OR row_number() OVER (PARTITION BY splittable, kind, location, application_ref, event_day, plan
                                            ORDER BY external_key) = 1 AS first_in_plan,
       coalesce(kind = 'refund' AND strftime('%Y-%m', first_posted * 86400, 'unixepoch')
                                  < strftime('%Y-%m', posted_day * 86400, 'unixepoch'), 0) AS of_earlier_month,
       coalesce(gross > 0, 0) AND EXISTS (
         SELECT 1 FROM financing_fact AS sale
          WHERE sale.practice = counted.practice AND sale.application_ref = counted.application_ref
            AND sale.kind = 'sale' AND sale.status = 'settled' AND sale.duplicate = 0
            AND sale.posted_day BETWEEN counted.event_day AND counted.event_day + 63) AS used,
       application_ref <> '' AND EXISTS (
         SELECT 1 FROM financing_fact AS sale
          WHERE sale.practice = counted.practice AND sale.application_ref = counted.application_ref
            AND sale.kind = 'sale' AND sale.duplicate = 0
            AND sale.posted_day BETWEEN counted.event_day AND counted.event_day + 63) AS presented,
       coalesce(refunded < gross, 0) AS kept,
       CASE kind WHEN 'application' THEN requested_cents ELSE settled_cents END AS amount,
       CASE kind WHEN 'application' THEN event_day ELSE posted_day END AS own_day
  FROM counted LEFT JOIN reference
    ON of_practice = practice AND of_application = application_ref)";

// FactSums' members in their order, over rows of marked_facts that also have `first_row`: first_in_plan where plans are
// told apart, otherwise first_of_sale.
inline constexpr std::string_view sum_columns = R"(
count(*),
sum(NOT duplicate AND kind = 'application'),
sum(NOT duplicate AND kind = 'application' AND status IN ('approved', 'counter_offer')),
sum(NOT duplicate AND kind = 'application' AND status = 'counter_offer'),
sum(NOT duplicate AND kind = 'application' AND status = 'declined'),
sum(NOT duplicate AND kind = 'application' AND status = 'pending'),
sum(NOT duplicate AND kind = 'application' AND status = 'withdrawn'),
sum(NOT duplicate AND kind = 'application' AND status = 'prequalification'),
sum(duplicate),
sum(CASE WHEN NOT duplicate AND kind = 'application' AND status IN ('approved', 'counter_offer', 'declined')
         THEN requested_cents ELSE 0 END),
sum(CASE WHEN NOT duplicate AND kind = 'application' AND status IN ('approved', 'counter_offer')
         THEN approved_cents ELSE 0 END),
sum(CASE WHEN duplicate OR NOT first_row THEN 0 WHEN kind = 'sale' AND status = 'settled' THEN 1
         WHEN kind = 'void' AND settled_cents > 0 THEN -1 ELSE 0 END),
sum(CASE WHEN duplicate THEN 0 WHEN kind = 'sale' AND status = 'settled' THEN 1
         WHEN kind = 'void' AND settled_cents > 0 THEN -1 ELSE 0 END),
sum(CASE WHEN duplicate OR NOT first_row OR NOT existing_cardholder THEN 0
         WHEN kind = 'sale' AND status = 'settled' THEN 1 WHEN kind = 'void' AND settled_cents > 0 THEN -1 ELSE 0 END),
sum(CASE WHEN duplicate THEN 0 WHEN kind = 'sale' AND status = 'settled' THEN settled_cents
         WHEN kind = 'void' THEN -settled_cents ELSE 0 END),
sum(NOT duplicate AND kind = 'refund'),
sum(CASE WHEN NOT duplicate AND kind = 'refund' THEN settled_cents ELSE 0 END),
sum(CASE WHEN NOT duplicate AND of_earlier_month THEN settled_cents ELSE 0 END),
sum(NOT duplicate AND kind = 'chargeback'),
sum(CASE WHEN NOT duplicate AND kind = 'chargeback' THEN settled_cents ELSE 0 END),
sum(NOT duplicate AND kind = 'reversal'),
sum(CASE WHEN NOT duplicate AND kind = 'reversal' THEN settled_cents ELSE 0 END),
sum(NOT duplicate AND kind = 'void'),
sum(CASE WHEN NOT duplicate AND kind = 'void' THEN settled_cents ELSE 0 END),
sum(CASE WHEN duplicate THEN 0 WHEN kind = 'sale' AND status = 'settled' THEN fee_cents
         WHEN kind = 'void' AND settled_cents > 0 THEN -fee_cents WHEN kind = 'reversal' THEN fee_cents ELSE 0 END),
sum(CASE WHEN NOT duplicate AND kind IN ('refund', 'chargeback') THEN fee_cents ELSE 0 END))";

}  // namespace portal::fact_sql
