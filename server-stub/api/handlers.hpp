// One handler per resource; each file is named after its resource. Reached through routes() only.
#pragma once

#include "server-stub/api/api.hpp"

namespace portal::server {

void handle_pull(const Exchange& exchange, Respond respond);
void handle_push(const Exchange& exchange, Respond respond);
void handle_facts(const Exchange& exchange, Respond respond);
void handle_peers(const Exchange& exchange, Respond respond);

void handle_session_open(const Exchange& exchange, Respond respond);
void handle_session_get(const Exchange& exchange, Respond respond);
void handle_session_end(const Exchange& exchange, Respond respond);
void handle_sessions_end(const Exchange& exchange, Respond respond);
void handle_demo_session_open(const Exchange& exchange, Respond respond);
void handle_demo_accounts(const Exchange& exchange, Respond respond);
void handle_password_redeem(const Exchange& exchange, Respond respond);
void handle_password_change(const Exchange& exchange, Respond respond);

void handle_user_invite(const Exchange& exchange, Respond respond);
void handle_user_change(const Exchange& exchange, Respond respond);

void handle_share_create(const Exchange& exchange, Respond respond);
void handle_share_list(const Exchange& exchange, Respond respond);
void handle_share_change(const Exchange& exchange, Respond respond);
void handle_share_end(const Exchange& exchange, Respond respond);
void handle_share_show(const Exchange& exchange, Respond respond);
void handle_share_presenter(const Exchange& exchange, Respond respond);
void handle_share_join(const Exchange& exchange, Respond respond);
void handle_share_follower(const Exchange& exchange, Respond respond);
void handle_share_user_reaction(const Exchange& exchange, Respond respond);
void handle_share_redeem(const Exchange& exchange, Respond respond);
void handle_share_guest(const Exchange& exchange, Respond respond);
void handle_share_name(const Exchange& exchange, Respond respond);
void handle_share_reaction(const Exchange& exchange, Respond respond);
void handle_share_preview(const Exchange& exchange, Respond respond);
void handle_share_dataset(const Exchange& exchange, Respond respond);
void handle_recorded_session(const Exchange& exchange, Respond respond);
void handle_recorded_dataset(const Exchange& exchange, Respond respond);

void handle_client_reports(const Exchange& exchange, Respond respond);
void handle_health(const Exchange& exchange, Respond respond);

}  // namespace portal::server
