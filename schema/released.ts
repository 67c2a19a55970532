/**
 * Where released values stand in the graph: types whose objects exist only for someone who may read them (or are withheld),
 * with the fields that hold values. A test walks the whole graph: a type that is neither here nor in {@link NO_VALUES} fails
 * it, and so does a value that is answered to someone for whom no view of any dataset exists.
 */
export const VALUES: Readonly<Record<string, readonly string[]>> = {
  SeriesColumns: ["value", "signed", "lower95", "upper95"],
  SeriesRow: ["value", "signed", "lower95", "upper95"],
  HistogramBin: ["value", "signed", "lower95", "upper95"],
  PlaceValue: ["value", "signed", "lower95", "upper95"],
  ZoneCrowd: ["value", "signed", "lower95", "upper95", "density", "level"],
  LevelCount: ["count"],
  LevelHistory: ["normal", "caution", "alert", "serious"],
  Availability: ["vehicles", "docks"],
  Incident: ["kind", "severity", "from", "to"],
  ZoneIncidents: ["open"],
};

/** Types without released values, by why they have none. */
export const NO_VALUES: Readonly<Record<string, readonly string[]>> = {
  "the way to others": [
    ...["Query", "Mutation", "PageInfo", "Text", "TimeWindow", "Withheld", "LimitedDataset"],
    ...["City", "Zone", "ZoneConnection", "ZoneEdge", "Dataset", "DatasetConnection", "DatasetEdge", "Organization"],
    ...["Series", "SeriesRowConnection", "SeriesRowEdge", "Histogram", "HistogramConnection", "HistogramEdge"],
    ...["PlaceValueConnection", "PlaceValueEdge", "CityCrowd", "IncidentConnection", "IncidentEdge"],
    ...["ZoneMobility", "Station", "StationConnection", "StationEdge"],
  ],
  "what the catalogue says of datasets": [
    ...["Bin", "CollectionBasisCount", "DatasetFacets", "Daypart", "Distribution", "FacetCount", "Freshness"],
    ...["LicenceTerms", "Outage", "OutageConnection", "OutageEdge", "Correction", "ReleasePlan"],
    ...["PrivacyCard", "PrivacyHorizon", "PrivacyPerson", "PrivacyToday", "PrivacyUnitCost", "ExpectedError"],
    ...["KnownLimit", "LevelThresholds"],
  ],
  "how a series was made; only with the series": ["Coverage", "Method", "Provenance", "Uncertainty"],
  "what was released when, and at which cost": [
    ...["Budget", "Debit", "KeyRecord", "KeyRecordConnection", "KeyRecordEdge", "LogLeaf", "LogLeafConnection"],
    ...["LogLeafEdge", "LogVerification", "Population", "Release", "ReleaseConnection", "ReleaseEdge"],
  ],
  "the market": [
    ...["ActionPreview", "ApiKey", "AuditEntry", "AuditEntryConnection", "AuditEntryEdge", "AuditFault"],
    ...["AuditVerification", "DatasetDecisions", "DecisionCounts", "ErasePayload", "Estimate", "EstimateLine"],
    ...["FieldFault", "Invitation", "InvitePayload", "KeyPayload", "Licence", "LicenceConnection", "LicenceEdge"],
    ...["LicenceEvent", "LicencePayload", "LicenceScopeTerms", "LogProofRef", "MarketFigures", "Member", "Membership"],
    ...["Message", "MessagePayload", "Offer", "OfferConnection", "OfferEdge", "OrganizationConnection"],
    ...["OrganizationEdge", "OrganizationPayload", "Person", "Refused", "Risk", "Usage", "UsagePoint", "Viewer"],
  ],
};

/**
 * The questions to the database that read released values; each runs only after `access-facts`, what is asked first. Those
 * of `METADATA` read the same views for spans of time and counts alone.
 */
export const READERS = [
  "occupancy",
  "incidents",
  "stations",
  "series-cells",
  "series-latest",
  "series-sparse",
  "export-availability",
  "export-events",
];
export const METADATA = ["datasets", "zones", "export-head"];

/** What the front door answers, by path: `asks` are those with released values. */
export const ROUTES: Readonly<Record<string, "asks" | "no values">> = {
  "/edge/v1/": "no values",
  "/graphql": "asks",
  "/graphql/schema.graphqls": "no values",
  "/exports/": "asks",
  "/market/audit.": "no values",
  "/privacy/": "no values",
  "/log/": "no values",
  "/identity.json": "no values",
  "/realms/": "no values",
  "/resources/": "no values",
  "/healthz": "no values",
  "/readyz": "no values",
  "/problems": "no values",
  "/problems/": "no values",
  "/": "no values",
};
