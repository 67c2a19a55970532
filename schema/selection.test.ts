import { type FieldNode, type FragmentDefinitionNode, Kind, parse } from "graphql";
import { selectedFields, selectsOnly } from "./selection.ts";

/** What a resolver of the first field would be told. */
function told(text: string) {
  const { definitions } = parse(text);
  const fragments: Record<string, FragmentDefinitionNode> = {};
  let fieldNodes: FieldNode[] = [];
  for (const node of definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments[node.name.value] = node;
    if (node.kind === Kind.OPERATION_DEFINITION)
      fieldNodes = node.selectionSet.selections.filter((selection) => selection.kind === Kind.FIELD);
  }
  return { fragments, fieldNodes };
}

test("fields are found in fragments, named or not, and under their own names", () => {
  const info = told(
    "{ dataset { a: slug ...more ... on Dataset { kind } } } fragment more on Dataset { title { ko } }",
  );
  expect(selectedFields(info).map(({ name }) => name.value)).toEqual(["slug", "title", "kind"]);
});

test("a selection of keys alone is told from one that has more", () => {
  expect(selectsOnly(told("{ dataset { __typename slug } }"), ["__typename", "slug"])).toBe(true);
  expect(selectsOnly(told("{ dataset { slug: tier } }"), ["__typename", "slug"])).toBe(false);
});
