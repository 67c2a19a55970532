/** Words on injury, death and other harm to persons, as they would stand in a name or a sentence. */
const HARM =
  /(?:^|[^a-z])(?:injur|wound|hurt|casualt|victim|dead(?!-?(?:end|line))|death|die[sd]?(?![a-z])|dying|kill|fatal|corpse|bod(?:y|ies)(?![a-z])|blood|bleed|suicid|self.?harm|murder|homicid|assault|rape|stab(?!l)|shot(?![a-z])|shooting|ambulanc|medical(?!-(?:cent|school))|unconscious|person.?down|missing.?person|overdos)|부상|사상|사망|숨지|숨진|숨졌|죽|시신|시체|변사|피해자|희생|다친|다쳐|다쳤|중상|경상자|유혈|출혈|피를|자살|자해|살인|살해|폭행|성폭|강간|흉기|구급|응급|의식불명|실종|쓰러/i;

/**
 * Whether a text has a word on injury, death or another harm to a person (rule P14): such a thing is counted and never
 * published as a row. It judges the keys that devices give their events, where a false alarm costs a row, and in tests our
 * closed lists and templates.
 */
export const namesHarm = (text: string): boolean => HARM.test(text.toLowerCase().replaceAll("_", "-"));
