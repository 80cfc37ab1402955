// Every cap of the product, by name. Qualifiers and units come last.
#pragma once

#include <cstddef>
#include <cstdint>

namespace portal::limits {

// Text a user writes.
inline constexpr std::size_t ticket_subject_bytes_max = 200;
inline constexpr std::size_t message_body_bytes_max = 20'000;
inline constexpr std::size_t short_text_bytes_max = 500;
// Lists in one text: a calendar's hours and holidays, an integration's history.
inline constexpr std::size_t list_text_bytes_max = 8'000;
// One location's facts of one month, encoded.
inline constexpr std::size_t segment_bytes_max = 20 << 20;

// Requests.
inline constexpr std::size_t request_body_bytes_max = 1 << 20;
inline constexpr std::size_t push_mutations_max = 64;
inline constexpr std::size_t pull_page_bytes_default = 1 << 20;
inline constexpr std::size_t pull_page_bytes_max = 8 << 20;
inline constexpr std::size_t client_report_bytes_max = 16 << 10;

// Messages of the wire. One pull line may carry a location's facts of a month.
inline constexpr std::size_t pull_line_bytes_max = 32 << 20;
inline constexpr std::size_t json_depth_max = 8;
inline constexpr std::size_t wire_name_bytes_max = 128;
inline constexpr std::size_t mutation_fields_max = 64;
inline constexpr std::size_t pull_page_token_bytes_max = 1'024;
inline constexpr std::size_t error_message_bytes_max = 2'000;

// Prepared statements kept by one owner of a connection.
inline constexpr std::size_t statement_cache_max = 64;
inline constexpr std::int64_t database_busy_ms_max = 5'000;

// Group commit of the server's writer.
inline constexpr std::size_t commit_group_mutations_max = 64;
inline constexpr std::int64_t commit_group_wait_ms_max = 2;

// The browser's store.
inline constexpr std::size_t intent_queue_max = 256;
inline constexpr std::size_t store_queue_max = 1024;
inline constexpr std::int64_t store_step_ms_max = 8;
inline constexpr std::size_t outbox_mutations_max = 5'000;
inline constexpr std::size_t client_log_entries_max = 200;
inline constexpr std::size_t tray_entries_max = 500;
// Acknowledged mutations are kept to be offered again after a restore of the server.
inline constexpr std::int64_t acknowledged_journal_days = 7;
inline constexpr std::size_t acknowledged_journal_mutations_max = 5'000;
// A pull page beyond this is not ours; pages that may be staged before they are published.
inline constexpr std::size_t pull_reply_bytes_max = 32 << 20;
inline constexpr std::size_t staged_pages_max = 4'096;
inline constexpr std::size_t push_reply_bytes_max = 4 << 20;
// Pulls without a hint: with a live connection, without one, and in a hidden page.
inline constexpr std::int64_t pull_period_live_ms = 5 * 60'000;
inline constexpr std::int64_t pull_period_ms = 30'000;
inline constexpr std::int64_t pull_period_hidden_ms = 10 * 60'000;
// A tab that follows another says where it looks this often, and waits this long for the other's word.
inline constexpr std::int64_t tab_word_period_ms = 10'000;
inline constexpr std::int64_t tab_answer_ms_max = 3'000;
// A stream whose sum disagrees is loaded again, at most this often; so many streams in one pull.
inline constexpr std::int64_t repair_period_ms = 24LL * 60 * 60'000;
inline constexpr std::size_t repair_streams_max = 32;
// An idle replica's rows are held against their sums: first after this long, then once in a period, in short pieces.
inline constexpr std::int64_t recheck_wait_ms = 60'000;
inline constexpr std::int64_t recheck_period_ms = 24LL * 60 * 60'000;
inline constexpr std::int64_t recheck_pause_ms = 1'000;
// Check rollups held in memory for the screens; older ones stay in the database.
inline constexpr std::int32_t rollup_days_in_memory = 60;
inline constexpr std::size_t activity_items_max = 30;

// Retry of pull and push: full jitter between zero and base * 2^n, at most the cap.
inline constexpr std::int64_t retry_delay_ms_base = 500;
inline constexpr std::int64_t retry_delay_ms_max = 60'000;

// Import.
inline constexpr std::size_t import_transaction_rows_max = 5'000;
inline constexpr std::size_t import_line_bytes_max = 64 << 10;
inline constexpr std::size_t import_report_rows_max = 1'000;
inline constexpr std::size_t import_columns_max = 200;
inline constexpr std::size_t import_rows_max = 20'000'000;
inline constexpr std::size_t import_references_kept_max = 100'000;
inline constexpr std::size_t import_mapping_bytes_max = 256 << 10;

// Fact segments. A location's busiest month is far below; the cap bounds what hostile bytes can ask for.
inline constexpr std::size_t segment_facts_max = 100'000;
inline constexpr std::size_t segment_plans_max = 1'000;
inline constexpr std::size_t fact_text_bytes_max = 120;  // External keys, references, ids.

// Sync housekeeping.
inline constexpr std::int64_t tombstone_days_kept = 90;
inline constexpr std::int64_t offline_lease_days = 7;

// The server's repository.
inline constexpr std::size_t commit_queue_jobs_max = 4'096;
inline constexpr std::size_t read_connections_idle_max = 8;
inline constexpr std::size_t permission_sets_per_user_max = 16;
inline constexpr std::int64_t result_days_kept = 7;
inline constexpr std::int64_t intent_days_kept = 90;
inline constexpr std::int64_t audit_days_kept = 400;
inline constexpr std::size_t integrity_problems_max = 100;

// Sign-in.
inline constexpr std::int64_t session_idle_ms_max = 12LL * 60 * 60 * 1000;
inline constexpr std::int64_t session_absolute_ms_max = 7LL * 24 * 60 * 60 * 1000;
inline constexpr std::int64_t session_touch_ms = 5LL * 60 * 1000;
inline constexpr std::int64_t session_rotate_ms = 60LL * 60 * 1000;
inline constexpr std::int64_t session_overlap_ms = 60LL * 1000;
inline constexpr std::int64_t link_ms_max = 24LL * 60 * 60 * 1000;
inline constexpr std::size_t password_bytes_min = 12;
inline constexpr std::size_t password_bytes_max = 256;
inline constexpr std::size_t password_queue_max = 64;
inline constexpr std::int64_t throttle_free_attempts = 5;
inline constexpr std::int64_t throttle_free_attempts_of_address = 30;
inline constexpr std::int64_t throttle_wait_ms_base = 1'000;
inline constexpr std::int64_t throttle_wait_ms_max = 15LL * 60 * 1000;
inline constexpr std::size_t sign_in_body_bytes_max = 4 << 10;
inline constexpr std::size_t pull_request_bytes_max = 8 << 10;
inline constexpr std::size_t report_entries_max = 50;

// The server's network.
inline constexpr std::size_t connections_max = 10'000;
inline constexpr std::size_t connections_per_address_max = 200;
inline constexpr std::size_t request_header_bytes_max = 16 << 10;
inline constexpr std::size_t handler_queue_max = 512;
inline constexpr std::size_t rate_limit_buckets_max = 20'000;
inline constexpr std::size_t response_chunk_bytes_max = 64 << 10;
inline constexpr std::size_t compress_response_bytes_min = 1 << 10;
inline constexpr std::size_t site_files_max = 2'000;
inline constexpr std::size_t site_bytes_max = 256 << 20;
inline constexpr std::int64_t header_timeout_ms = 10'000;
inline constexpr std::int64_t body_timeout_ms = 30'000;
inline constexpr std::int64_t idle_timeout_ms = 60'000;
inline constexpr std::int64_t write_timeout_ms = 60'000;
inline constexpr std::int64_t closing_timeout_ms = 2'000;
inline constexpr std::int64_t drain_timeout_ms_max = 10'000;

// The live channel.
inline constexpr std::size_t live_connection_bytes_max = 256 << 10;
inline constexpr std::size_t live_pending_streams_max = 256;
inline constexpr std::size_t live_hint_bytes_max = 64;
inline constexpr std::size_t live_connections_per_user_max = 32;
inline constexpr std::int64_t live_heartbeat_ms = 15'000;

// The control socket of a running server.
inline constexpr std::size_t control_line_bytes_max = 64 << 10;
inline constexpr std::size_t control_connections_max = 8;

// The accessible mirror. A screen draws some hundreds of nodes; a frame beyond this tells its first ones.
inline constexpr std::size_t mirror_nodes_max = 8'192;

}  // namespace portal::limits
