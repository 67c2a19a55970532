/** Below what the provider answers; Keycloak's paths, so that clients made for it work. */
export const REALM = "/realms/madang";
export const ENDPOINT = "/protocol/openid-connect";
/** Sign-in and registration: below it the uid of the interaction. */
export const ACTIONS = `${REALM}/login-actions/`;
export const ASSETS = `${REALM}/assets/`;
