/** The functions of the schema `market` that the API may call, closed: each checks what it is asked for itself. */
export const API_CALLS: readonly string[] = [
  ...["see_person", "erase_person", "create_organization", "update_organization", "attest_organization"],
  ...["close_organization", "invite", "find_invitation", "accept_invitation", "withdraw_invitation", "change_role"],
  ...["remove_member", "transfer_ownership", "request_licence", "act", "write_message", "create_key", "rotate_key"],
  ...["revoke_key", "find_key", "key_used", "with_parts", "audit_faults", "audit_text"],
];
