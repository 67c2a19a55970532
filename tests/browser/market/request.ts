import { dayOf } from "./asked.ts";

/** Sends a document as somebody and returns its data. @throws with the hub's errors */
async function askAs<Data>(hub: string, token: string, query: string, variables: object = {}): Promise<Data> {
  const response = await fetch(`${hub}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: { message: string }[] };
  if (!data || errors) throw new Error(errors?.map(({ message }) => message).join("; ") ?? "no data");
  return data;
}

const REFUSED = "... on Refused { message { en } fields { field rule { en } } }";

/** A request of a new organisation for the licensed offer of the sample city, for pages to show. */
export async function requestForTests(hub: string, token: string): Promise<{ offer: string; licence: string }> {
  const { offers } = await askAs<{ offers: { nodes: { id: string; purposes: string[] }[] } }>(
    hub,
    token,
    '{ offers(first: 1, dataset: "sangmu-freight", tier: LICENSED) { nodes { id purposes } } }',
  );
  const [offer] = offers.nodes;
  const { createOrganization } = await askAs<{ createOrganization: { organization?: { id: string } } }>(
    hub,
    token,
    `mutation { createOrganization(input: { nameKo: "느린배달", nameEn: "Slow Delivery", stage: STARTUP, registrationNumber: "123-45-67890" }) {
       ... on OrganizationPayload { organization { id } } ${REFUSED} } }`,
  );
  const { requestLicence } = await askAs<{ requestLicence: { licence?: { id: string } } }>(
    hub,
    token,
    `mutation ($input: RequestLicenceInput!) { requestLicence(input: $input) {
       ... on LicencePayload { licence { id } } ${REFUSED} } }`,
    {
      input: {
        offer: offer?.id,
        organization: createOrganization.organization?.id,
        purpose: offer?.purposes[0],
        purposeText: "Plan the rounds of our lorries so that they avoid the busiest quarter hours.",
        from: dayOf(Date.now(), 7),
        to: dayOf(Date.now(), -90),
        quota: 100_000,
      },
    },
  );
  if (!offer || !requestLicence.licence) throw new Error(`not asked: ${JSON.stringify(requestLicence)}`);
  return { offer: offer.id, licence: requestLicence.licence.id };
}

/** Answers the steward's question about a request. */
export async function answerForTests(hub: string, token: string, licence: string): Promise<void> {
  const { licence: now } = await askAs<{ licence: { seq: number } }>(
    hub,
    token,
    "query ($licence: ID!) { licence(id: $licence) { seq } }",
    { licence },
  );
  const { actOnLicence } = await askAs<{ actOnLicence: { licence?: { state: string } } }>(
    hub,
    token,
    `mutation ($input: ActOnLicenceInput!) { actOnLicence(input: $input) {
       ... on LicencePayload { licence { state } } ${REFUSED} } }`,
    { input: { licence, seq: now.seq, action: "ANSWER", message: "Drivers of our own lorries." } },
  );
  if (actOnLicence.licence?.state !== "REQUESTED") throw new Error(`not answered: ${JSON.stringify(actOnLicence)}`);
}
