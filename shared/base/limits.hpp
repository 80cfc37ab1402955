// Every cap of the product, by name. Qualifiers and units come last.
#pragma once

#include <cstddef>
#include <cstdint>

namespace portal::limits {

// Text a user writes.
inline constexpr std::size_t ticket_subject_bytes_max = 200;
inline constexpr std::size_t message_body_bytes_max = 20'000;
inline constexpr std::size_t action_title_bytes_max = 200;
inline constexpr std::size_t action_note_bytes_max = 4'000;
inline constexpr std::size_t review_note_bytes_max = 1'000;
// Days that a person may promise something for: 2000-01-01 and 2099-12-31.
inline constexpr std::int32_t promised_day_min = 10'957;
inline constexpr std::int32_t promised_day_max = 47'481;
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
// How often an edit for which the device had no room is tried again.
inline constexpr std::int64_t room_retry_ms = 5'000;
inline constexpr std::size_t store_queue_max = 1024;
inline constexpr std::int64_t store_step_ms_max = 8;
inline constexpr std::size_t outbox_mutations_max = 5'000;
inline constexpr std::size_t client_log_entries_max = 200;
// Acknowledged mutations are kept to be offered again after a restore of the server.
inline constexpr std::int64_t acknowledged_journal_days = 7;
inline constexpr std::size_t acknowledged_journal_mutations_max = 5'000;
// A pull page beyond this is not ours; pages that may be staged before they are published.
inline constexpr std::size_t pull_reply_bytes_max = 32 << 20;
inline constexpr std::size_t staged_pages_max = 4'096;
// The pages of a first load after the first one: each is committed by itself, while the next one is made.
inline constexpr std::size_t first_load_page_bytes = 2 << 20;
// How often the progress of a first load is told.
inline constexpr std::int64_t progress_period_ms = 400;
// Pages of the write-ahead log (8 KiB each) before it is folded into the database: usually, and during a first load,
// which would otherwise write the same pages of its indexes again and again.
inline constexpr std::int64_t log_pages_max = 1'000;
inline constexpr std::int64_t deferred_log_pages_max = 8'192;
// Writes to a file of the browser's storage that are gathered before they are written.
inline constexpr std::size_t write_buffer_bytes_max = 256 << 10;
inline constexpr std::size_t push_reply_bytes_max = 4 << 20;
// Pulls without a hint: with a live connection, without one, and in a hidden page.
inline constexpr std::int64_t pull_period_live_ms = 5 * 60'000;
inline constexpr std::int64_t pull_period_ms = 30'000;
inline constexpr std::int64_t pull_period_hidden_ms = 10 * 60'000;
// A tab that follows another says where it looks this often, and waits this long for the other's word.
inline constexpr std::int64_t tab_word_period_ms = 10'000;
inline constexpr std::int64_t tab_answer_ms_max = 3'000;
// Where it has been awake and seen for so long without an answer, it takes the other's place; it counts by ticks, so
// that what it slept is one.
inline constexpr std::int64_t tab_takeover_ms = 10'000;
inline constexpr std::int64_t tab_tick_ms = 1'000;
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
// Days that the screen of deposits lists, newest first; the export has them all.
inline constexpr std::size_t deposit_days_shown_max = 500;
// Done action items that the screen lists, newest first; the export has them all.
inline constexpr std::size_t done_actions_shown_max = 200;

// Views that a user keeps on a device.
inline constexpr std::size_t saved_views_max = 30;
inline constexpr std::size_t scope_places_in_route_max = 20;
inline constexpr std::size_t saved_view_name_bytes_max = 80;
// Single rows that one exported file holds; it says of how many.
inline constexpr std::size_t export_rows_max = 100'000;

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
// The financing engine's columns are as wide as these: a segment with anything beyond them is refused.
inline constexpr std::size_t fact_plans_max = 255;
inline constexpr std::size_t fact_places_max = 65'535;  // Practices, and locations.
inline constexpr std::int64_t fact_cents_max = 4'294'967'295;
inline constexpr std::int32_t fact_day_max = 65'535;  // 2149-06-06; the first day is 1970-01-01.
inline constexpr std::int32_t fact_posting_days_max = 32'767;
// It makes cubes from so many facts on: fewer are added up as quickly. All its cubes together; the cells that one
// question has laid out before its groups are hashed; its sorted indexes.
inline constexpr std::size_t fact_cube_rows_min = 50'000;
inline constexpr std::size_t fact_cube_bytes_max = 24 << 20;
inline constexpr std::size_t fact_dense_cells_max = 1 << 18;
inline constexpr std::size_t fact_orders_max = 2;
// Cells of one rollup: the days of a month by plan and channel.
inline constexpr std::size_t rollup_cells_max = 200'000;
// Facts of one practice that are summed at once into its rollups.
inline constexpr std::int64_t rollup_facts_at_once = 25'000;
// Facts that the replica of a lead or an auditor takes; beyond, it has daily rollups instead, until the facts are an
// eighth fewer, so that a few facts to and fro do not load everything anew.
inline constexpr std::int64_t replica_facts_max = 2'000'000;
inline constexpr std::int64_t replica_facts_slack_share = 8;
// One page of a drill-down that asks the server.
inline constexpr std::size_t fact_page_rows_max = 200;
inline constexpr std::int64_t fact_page_rows_default = 50;
inline constexpr std::size_t fact_page_bytes_max = 256 << 10;
inline constexpr std::size_t server_answers_kept_max = 8;  // Of each kind, in the browser, until the figures change.
inline constexpr std::size_t peer_summary_bytes_max = 16 << 10;
inline constexpr std::size_t column_values_max = 50;   // Offered in a column's head, the most frequent ones.
inline constexpr std::int64_t fact_window_rows = 500;  // What the table has around the rows that are seen.

// Payment estimates: what a purchase and a plan may be.
inline constexpr std::int64_t estimate_purchase_cents_max = 100'000'00;
inline constexpr std::int32_t plan_months_max = 120;

// A prospect's own file in the pitch; its lines and columns are bounded as those of an import.
inline constexpr std::size_t prospect_file_bytes_max = 8 << 20;
inline constexpr std::size_t prospect_rows_max = 200'000;
inline constexpr std::size_t prospect_faults_told_max = 8;
// Leads that wait on a presenter's machine.
inline constexpr std::size_t leads_max = 200;
// What is looked for after a wipe: shorter words stand in many texts, and more lines of a file tell nothing more.
inline constexpr std::size_t trace_bytes_min = 5;
inline constexpr std::size_t trace_lines_max = 20;
inline constexpr std::size_t trace_line_bytes_min = 12;
inline constexpr std::size_t lead_field_bytes_max = 200;

// Sync housekeeping.
inline constexpr std::int64_t tombstone_days_kept = 90;
// How long a device shows rows without a word of the server; an operator chooses otherwise within the other.
inline constexpr std::int64_t offline_lease_days = 7;
inline constexpr std::int64_t offline_lease_days_max = 90;

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

// Shared views. A link ends after a day unless its maker says otherwise, and after thirty at the latest.
inline constexpr std::int64_t share_ms_default = 24LL * 60 * 60 * 1000;
inline constexpr std::int64_t share_ms_max = 30 * share_ms_default;
inline constexpr std::size_t shares_per_presenter_max = 100;  // That have not ended.
inline constexpr std::size_t share_guests_max = 100;          // Browsers that redeemed one link.
inline constexpr std::size_t share_users_max = 200;           // Signed-in users who opened one link.
inline constexpr std::size_t share_practices_max = 50;
inline constexpr std::int32_t share_days_max = 3 * 366;
inline constexpr std::size_t share_request_bytes_max = 8 << 10;
inline constexpr std::size_t share_redeem_bytes_max = 1 << 10;
// What a guest's page takes of the server: one dataset, and what is shared.
inline constexpr std::size_t share_months_max = 40;
inline constexpr std::size_t share_integrations_max = 1'000;
inline constexpr std::size_t share_dataset_bytes_max = 1 << 20;
inline constexpr std::size_t share_session_bytes_max = 64 << 10;
inline constexpr std::int64_t share_retry_ms_max = 10'000;
inline constexpr std::int64_t follow_ended_ms = 8'000;  // How long the portal says that following has ended.
inline constexpr std::int64_t share_throttle_ms_min = 1'000;
// What a presenter's page takes of the server: what would become visible, and the list of shares.
inline constexpr std::size_t share_preview_bytes_max = 8 << 20;
inline constexpr std::size_t share_list_bytes_max = 1 << 20;
inline constexpr std::size_t share_list_max = 1'000;         // The newest ones.
inline constexpr std::int64_t share_list_period_ms = 2'000;  // While one is live.
// What a presenter shows: filters of one state, their values together, and the whole as text.
inline constexpr std::size_t share_filters_max = 16;
inline constexpr std::size_t share_filter_values_max = 64;
inline constexpr std::size_t share_state_bytes_max = 8 << 10;
inline constexpr std::size_t share_pointer_bytes_max = 256;
inline constexpr std::size_t share_widget_bytes_max = 64;
inline constexpr std::int64_t share_state_period_ms = 5'000;  // Told again, so that nobody stays behind.
inline constexpr std::int64_t share_pointer_period_ms = 50;   // Twenty a second.
inline constexpr std::int64_t share_scroll_period_ms = 100;   // Of a presenter who does nothing but scroll.
// Who follows: a guest's name for themselves, how many are told by name, and how long what they pressed is shown.
inline constexpr std::size_t share_name_bytes_max = 60;
inline constexpr std::size_t share_people_max = 50;
inline constexpr std::int64_t share_reaction_ms = 2 * 60'000;
inline constexpr std::int64_t share_marks_period_ms = 60'000;     // Between questions what guests see of the screen.
inline constexpr std::size_t share_marked_practices_max = 12;     // Of so many at a time.
inline constexpr std::int64_t share_pointers_per_s_max = 10'000;  // Of one share, to all who follow.
inline constexpr std::size_t share_shows_max = 1'000;             // Shares whose present state is kept in memory.
// How often is looked for what is due, and how often a quiet guest's standing is asked: an end reaches everybody within
// a second.
inline constexpr std::int64_t share_tick_ms = 50;
inline constexpr std::int64_t share_check_ms = 500;
// What waits for a guest's connection: one state, one pointer, a hint.
inline constexpr std::size_t share_connection_bytes_max = 16 << 10;
// A recording of a shared view: the file, what it holds, and its time. What reaches one of them ends with it.
inline constexpr std::size_t share_recording_bytes_max = 24 << 20;
inline constexpr std::size_t share_recording_moments_max = 200'000;
inline constexpr std::int64_t share_recording_ms_max = 4LL * 60 * 60 * 1000;
inline constexpr std::int64_t share_recording_retry_ms = 2'000;

// The SQL console: a question, and what is shown of its answer.
inline constexpr std::int64_t sql_ms_max = 10'000;
inline constexpr std::size_t sql_text_bytes_max = 20'000;
inline constexpr std::size_t sql_value_bytes_max = 16 << 20;
inline constexpr std::size_t sql_columns_max = 200;
inline constexpr std::size_t sql_rows_max = 5'000;
inline constexpr std::size_t sql_answer_bytes_max = 4 << 20;
inline constexpr std::size_t sql_cell_bytes_max = 2'000;
inline constexpr std::size_t sql_history_max = 30;
inline constexpr std::size_t sql_image_piece_bytes = 1 << 20;

// The control socket of a running server.
inline constexpr std::size_t control_line_bytes_max = 64 << 10;
inline constexpr std::size_t control_connections_max = 8;

// The accessible mirror. A screen draws some hundreds of nodes; a frame beyond this tells its first ones.
inline constexpr std::size_t mirror_nodes_max = 8'192;

}  // namespace portal::limits
