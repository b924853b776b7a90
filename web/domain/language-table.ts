/**
 * Languages by MARC code, which is ISO 639-2's bibliographic one. Written by scripts/make-languages.ts
 * from the npm package iso-639-2 (MIT) and the names of Unicode's CLDR; not to be edited.
 */

/** What browsers don't know or are slow to say: MARC code, BCP 47 tag if it is another, English name; separated by ";". */
export const languageRows: string =
  "afa Afro-Asiatic languages;afr Afrikaans;akk Akkadian;alb/sq Albanian;" +
  "alg Algonquian languages;ang Old English;apa Apache languages;ara Arabic;arc Aramaic;" +
  "arm/hy Armenian;arn Mapuche;art Artificial languages;ath Athapascan languages;" +
  "aus Australian languages;bad Banda languages;bai Bamileke languages;baq/eu Basque;" +
  "bat Baltic languages;bel Belarusian;bem Bemba;ben Bangla;ber Berber languages;" +
  "bho Bhojpuri;bla Siksiká;bnt Bantu languages;btk Batak languages;bul Bulgarian;bur/my;" +
  "cad Caddo;cai Central American Indian languages;cat Catalan;cau Caucasian languages;" +
  "cel Celtic languages;chb Chibcha;chi/zh Chinese;cho Choctaw;chr Cherokee;" +
  "chu Church Slavic;chv Chuvash;cmc Chamic languages;cop Coptic;cor Cornish;" +
  "cpe Creoles and pidgins, English based;cpf Creoles and pidgins, French-based;" +
  "cpp Creoles and pidgins, Portuguese-based;crh Crimean Tatar;crp Creoles and pidgins;" +
  "csb Kashubian;cus Cushitic languages;cze/cs Czech;dan Danish;day Land Dayak languages;" +
  "dra Dravidian languages;dsb Lower Sorbian;dum Middle Dutch;dut/nl Dutch;" +
  "egy Ancient Egyptian;eng English;enm Middle English;epo Esperanto;est Estonian;fij Fijian;" +
  "fin Finnish;fiu Finno-Ugrian languages;fre/fr French;frm Middle French;fro Old French;" +
  "fry Western Frisian;ful Fula;fur Friulian;gem Germanic languages;geo/ka Georgian;" +
  "ger/de German;gez Geez;gle Irish;glv Manx;gmh Middle High German;goh Old High German;" +
  "got Gothic;grc Ancient Greek;gre/el Greek;gsw Swiss German;guj Gujarati;heb Hebrew;" +
  "him Himachali languages;hin Hindi;hrv Croatian;hsb Upper Sorbian;hun Hungarian;iba Iban;" +
  "ice/is Icelandic;ijo Ijo languages;inc Indic languages;ind Indonesian;" +
  "ine Indo-European languages;ira Iranian languages;iro Iroquoian languages;ita Italian;" +
  "jpn Japanese;kab Kabyle;kal Kalaallisut;kan Kannada;kar Karen languages;kaw Kawi;" +
  "kha Khasi;khi Khoisan languages;kor Korean;kro Kru languages;lad Ladino;lat Latin;" +
  "lav Latvian;lit Lithuanian;mac/mk Macedonian;mag Magahi;mai Maithili;mal Malayalam;mao/mi;" +
  "map Austronesian languages;mar Marathi;may/ms Malay;men Mende;mic Mi'kmaw;" +
  "mis Uncoded languages;mkh Mon-Khmer languages;mnc Manchu;mno Manobo languages;moh Mohawk;" +
  "mul Multiple languages;mun Munda languages;myn Mayan languages;nah Nahuatl languages;" +
  "nai North American Indian languages;nav Navajo;nds Low German;nep Nepali;new Newari;" +
  "nic Niger-Kordofanian languages;non Old Norse;nor Norwegian;nub Nubian languages;" +
  "oji Ojibwa;oss Ossetic;ota Ottoman Turkish;oto Otomian languages;paa Papuan languages;" +
  "pag Pangasinan;pal Pahlavi;pan Punjabi;pap Papiamento;peo Old Persian;per/fa Persian;" +
  "phi Philippine languages;phn Phoenician;pli Pali;pol Polish;por Portuguese;" +
  "pra Prakrit languages;pro Old Provençal;raj Rajasthani;roa Romance languages;rom Romany;" +
  "rum/ro Romanian;run Rundi;rus Russian;sag Sango;sai South American Indian languages;" +
  "sal Salishan languages;san Sanskrit;sat Santali;sco Scots;sem Semitic languages;" +
  "sga Old Irish;sgn Sign Languages;sio Siouan languages;sit Sino-Tibetan languages;" +
  "sla Slavic languages;slo/sk Slovak;slv Slovenian;smi Sami languages;smo Samoan;" +
  "son Songhai languages;spa Spanish;srd Sardinian;srp Serbian;ssa Nilo-Saharan languages;" +
  "sux Sumerian;swa Swahili;swe Swedish;syc Classical Syriac;syr Syriac;tah Tahitian;" +
  "tai Tai languages;tam Tamil;tel Telugu;tha Thai;tib/bo Tibetan;tpi Tok Pisin;" +
  "tsi Tsimshian;tup Tupi languages;tur Turkish;tut Altaic languages;udm Udmurt;uga Ugaritic;" +
  "ukr Ukrainian;und Undetermined;urd Urdu;vie Vietnamese;vol Volapük;wak Wakashan languages;" +
  "wel/cy Welsh;wen Sorbian languages;yid Yiddish;ypk Yupik languages;znd Zande languages;" +
  "zxx No linguistic content";
