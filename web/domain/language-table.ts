/**
 * Languages by MARC code, which is ISO 639-2's bibliographic one. Written by scripts/make-languages.ts
 * from the npm package iso-639-2 (MIT) and the names of Unicode's CLDR; not to be edited.
 */

/** What browsers don't know: MARC code, BCP 47 tag if it is another, English name; separated by ";". */
export const languageRows: string =
  "afa Afro-Asiatic languages;akk Akkadian;alb/sq;alg Algonquian languages;ang Old English;" +
  "apa Apache languages;arc Aramaic;arm/hy;arn Mapuche;art Artificial languages;" +
  "ath Athapascan languages;aus Australian languages;bad Banda languages;" +
  "bai Bamileke languages;baq/eu;bat Baltic languages;bem Bemba;ber Berber languages;" +
  "bho Bhojpuri;bla Siksiká;bnt Bantu languages;btk Batak languages;bur/my;cad Caddo;" +
  "cai Central American Indian languages;cau Caucasian languages;cel Celtic languages;" +
  "chb Chibcha;chi/zh;cho Choctaw;chr Cherokee;chu Church Slavic;chv Chuvash;" +
  "cmc Chamic languages;cop Coptic;cor Cornish;cpe Creoles and pidgins, English based;" +
  "cpf Creoles and pidgins, French-based;cpp Creoles and pidgins, Portuguese-based;" +
  "crh Crimean Tatar;crp Creoles and pidgins;csb Kashubian;cus Cushitic languages;cze/cs;" +
  "day Land Dayak languages;dra Dravidian languages;dsb Lower Sorbian;dum Middle Dutch;" +
  "dut/nl;egy Ancient Egyptian;enm Middle English;fij Fijian;fiu Finno-Ugrian languages;" +
  "fre/fr;frm Middle French;fro Old French;fry Western Frisian;ful Fula;fur Friulian;" +
  "gem Germanic languages;geo/ka;ger/de;gez Geez;glv Manx;gmh Middle High German;" +
  "goh Old High German;got Gothic;grc Ancient Greek;gre/el;gsw Swiss German;" +
  "him Himachali languages;hsb Upper Sorbian;iba Iban;ice/is;ijo Ijo languages;" +
  "inc Indic languages;ine Indo-European languages;ira Iranian languages;" +
  "iro Iroquoian languages;kab Kabyle;kal Kalaallisut;kar Karen languages;kaw Kawi;kha Khasi;" +
  "khi Khoisan languages;kro Kru languages;lad Ladino;lat Latin;mac/mk;mag Magahi;" +
  "mai Maithili;mao/mi;map Austronesian languages;may/ms;men Mende;mic Mi'kmaw;" +
  "mis Uncoded languages;mkh Mon-Khmer languages;mnc Manchu;mno Manobo languages;moh Mohawk;" +
  "mul Multiple languages;mun Munda languages;myn Mayan languages;nah Nahuatl languages;" +
  "nai North American Indian languages;nav Navajo;nds Low German;new Newari;" +
  "nic Niger-Kordofanian languages;non Old Norse;nub Nubian languages;oji Ojibwa;oss Ossetic;" +
  "ota Ottoman Turkish;oto Otomian languages;paa Papuan languages;pag Pangasinan;pal Pahlavi;" +
  "pap Papiamento;peo Old Persian;per/fa;phi Philippine languages;phn Phoenician;pli Pali;" +
  "pra Prakrit languages;pro Old Provençal;raj Rajasthani;roa Romance languages;rom Romany;" +
  "rum/ro;run Rundi;sag Sango;sai South American Indian languages;sal Salishan languages;" +
  "sat Santali;sco Scots;sem Semitic languages;sga Old Irish;sgn Sign Languages;" +
  "sio Siouan languages;sit Sino-Tibetan languages;sla Slavic languages;slo/sk;" +
  "smi Sami languages;smo Samoan;son Songhai languages;srd Sardinian;" +
  "ssa Nilo-Saharan languages;sux Sumerian;syc Classical Syriac;syr Syriac;tah Tahitian;" +
  "tai Tai languages;tib/bo Tibetan;tpi Tok Pisin;tsi Tsimshian;tup Tupi languages;" +
  "tut Altaic languages;udm Udmurt;uga Ugaritic;und Undetermined;vol Volapük;" +
  "wak Wakashan languages;wel/cy;wen Sorbian languages;ypk Yupik languages;" +
  "znd Zande languages;zxx No linguistic content";
