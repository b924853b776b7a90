/**
 * Languages by MARC code, which is ISO 639-2's bibliographic one. Written by scripts/make-languages.ts
 * from the npm package iso-639-2 (MIT) and the names of Unicode's CLDR; not to be edited.
 */

/** MARC code, BCP 47 tag if it is another, English name; separated by ";". */
export const languageRows: string =
  "aar/aa Afar;abk/ab Abkhazian;ace Acehnese;ach Acoli;ada Adangme;ady Adyghe;" +
  "afa Afro-Asiatic languages;afh Afrihili;afr/af Afrikaans;ain Ainu;aka/ak Akan;" +
  "akk Akkadian;alb/sq Albanian;ale Aleut;alg Algonquian languages;alt Southern Altai;" +
  "amh/am Amharic;ang Old English;anp Angika;apa Apache languages;ara/ar Arabic;arc Aramaic;" +
  "arg/an Aragonese;arm/hy Armenian;arn Mapuche;arp Arapaho;art Artificial languages;" +
  "arw Arawak;asm/as Assamese;ast Asturian;ath Athapascan languages;aus Australian languages;" +
  "ava/av Avaric;ave/ae Avestan;awa Awadhi;aym/ay Aymara;aze/az Azerbaijani;" +
  "bad Banda languages;bai Bamileke languages;bak/ba Bashkir;bal Baluchi;bam/bm Bambara;" +
  "ban Balinese;baq/eu Basque;bas Basaa;bat Baltic languages;bej Beja;bel/be Belarusian;" +
  "bem Bemba;ben/bn Bangla;ber Berber languages;bho Bhojpuri;bih/bh Bhojpuri;bik Bikol;" +
  "bin Bini;bis/bi Bislama;bla Siksiká;bnt Bantu languages;bos/bs Bosnian;bra Braj;" +
  "bre/br Breton;btk Batak languages;bua Buriat;bug Buginese;bul/bg Bulgarian;bur/my Burmese;" +
  "byn Blin;cad Caddo;cai Central American Indian languages;car Carib;cat/ca Catalan;" +
  "cau Caucasian languages;ceb Cebuano;cel Celtic languages;cha/ch Chamorro;chb Chibcha;" +
  "che/ce Chechen;chg Chagatai;chi/zh Chinese;chk Chuukese;chm Mari;chn Chinook Jargon;" +
  "cho Choctaw;chp Chipewyan;chr Cherokee;chu/cu Church Slavic;chv/cv Chuvash;chy Cheyenne;" +
  "cmc Chamic languages;cnr Montenegrin;cop Coptic;cor/kw Cornish;cos/co Corsican;" +
  "cpe Creoles and pidgins, English based;cpf Creoles and pidgins, French-based;" +
  "cpp Creoles and pidgins, Portuguese-based;cre/cr Cree;crh Crimean Tatar;" +
  "crp Creoles and pidgins;csb Kashubian;cus Cushitic languages;cze/cs Czech;dak Dakota;" +
  "dan/da Danish;dar Dargwa;day Land Dayak languages;del Delaware;den Slave;dgr Dogrib;" +
  "din Dinka;div/dv Divehi;doi Dogri;dra Dravidian languages;dsb Lower Sorbian;dua Duala;" +
  "dum Middle Dutch;dut/nl Dutch;dyu Dyula;dzo/dz Dzongkha;efi Efik;egy Ancient Egyptian;" +
  "eka Ekajuk;elx Elamite;eng/en English;enm Middle English;epo/eo Esperanto;est/et Estonian;" +
  "ewe/ee Ewe;ewo Ewondo;fan Fang;fao/fo Faroese;fat Akan;fij/fj Fijian;fil Filipino;" +
  "fin/fi Finnish;fiu Finno-Ugrian languages;fon Fon;fre/fr French;frm Middle French;" +
  "fro Old French;frr Northern Frisian;frs Eastern Frisian;fry/fy Western Frisian;" +
  "ful/ff Fula;fur Friulian;gaa Ga;gay Gayo;gba Gbaya;gem Germanic languages;geo/ka Georgian;" +
  "ger/de German;gez Geez;gil Gilbertese;gla/gd Scottish Gaelic;gle/ga Irish;glg/gl Galician;" +
  "glv/gv Manx;gmh Middle High German;goh Old High German;gon Gondi;gor Gorontalo;got Gothic;" +
  "grb Grebo;grc Ancient Greek;gre/el Greek;grn/gn Guarani;gsw Swiss German;guj/gu Gujarati;" +
  "gwi Gwichʼin;hai Haida;hat/ht Haitian Creole;hau/ha Hausa;haw Hawaiian;heb/he Hebrew;" +
  "her/hz Herero;hil Hiligaynon;him Himachali languages;hin/hi Hindi;hit Hittite;hmn Hmong;" +
  "hmo/ho Hiri Motu;hrv/hr Croatian;hsb Upper Sorbian;hun/hu Hungarian;hup Hupa;iba Iban;" +
  "ibo/ig Igbo;ice/is Icelandic;ido/io Ido;iii/ii Sichuan Yi;ijo Ijo languages;" +
  "iku/iu Inuktitut;ile/ie Interlingue;ilo Iloko;ina/ia Interlingua;inc Indic languages;" +
  "ind/id Indonesian;ine Indo-European languages;inh Ingush;ipk/ik Inupiaq;" +
  "ira Iranian languages;iro Iroquoian languages;ita/it Italian;jav/jv Javanese;jbo Lojban;" +
  "jpn/ja Japanese;jpr Judeo-Persian;jrb Judeo-Arabic;kaa Kara-Kalpak;kab Kabyle;kac Kachin;" +
  "kal/kl Kalaallisut;kam Kamba;kan/kn Kannada;kar Karen languages;kas/ks Kashmiri;" +
  "kau/kr Kanuri;kaw Kawi;kaz/kk Kazakh;kbd Kabardian;kha Khasi;khi Khoisan languages;" +
  "khm/km Khmer;kho Khotanese;kik/ki Kikuyu;kin/rw Kinyarwanda;kir/ky Kyrgyz;kmb Kimbundu;" +
  "kok Konkani;kom/kv Komi;kon/kg Kongo;kor/ko Korean;kos Kosraean;kpe Kpelle;" +
  "krc Karachay-Balkar;krl Karelian;kro Kru languages;kru Kurukh;kua/kj Kuanyama;kum Kumyk;" +
  "kur/ku Kurdish;kut Kutenai;lad Ladino;lah Western Panjabi;lam Lamba;lao/lo Lao;" +
  "lat/la Latin;lav/lv Latvian;lez Lezghian;lim/li Limburgish;lin/ln Lingala;" +
  "lit/lt Lithuanian;lol Mongo;loz Lozi;ltz/lb Luxembourgish;lua Luba-Lulua;" +
  "lub/lu Luba-Katanga;lug/lg Ganda;lui Luiseno;lun Lunda;luo Luo;lus Mizo;mac/mk Macedonian;" +
  "mad Madurese;mag Magahi;mah/mh Marshallese;mai Maithili;mak Makasar;mal/ml Malayalam;" +
  "man Mandingo;mao/mi Māori;map Austronesian languages;mar/mr Marathi;mas Masai;" +
  "may/ms Malay;mdf Moksha;mdr Mandar;men Mende;mga Middle Irish;mic Mi'kmaw;min Minangkabau;" +
  "mis Uncoded languages;mkh Mon-Khmer languages;mlg/mg Malagasy;mlt/mt Maltese;mnc Manchu;" +
  "mni Manipuri;mno Manobo languages;moh Mohawk;mon/mn Mongolian;mos Mossi;" +
  "mul Multiple languages;mun Munda languages;mus Muscogee;mwl Mirandese;mwr Marwari;" +
  "myn Mayan languages;myv Erzya;nah Nahuatl languages;nai North American Indian languages;" +
  "nap Neapolitan;nau/na Nauru;nav/nv Navajo;nbl/nr South Ndebele;nde/nd North Ndebele;" +
  "ndo/ng Ndonga;nds Low German;nep/ne Nepali;new Newari;nia Nias;" +
  "nic Niger-Kordofanian languages;niu Niuean;nno/nn Norwegian Nynorsk;" +
  "nob/nb Norwegian Bokmål;nog Nogai;non Old Norse;nor/no Norwegian;nqo N’Ko;" +
  "nso Northern Sotho;nub Nubian languages;nwc Classical Newari;nya/ny Nyanja;nym Nyamwezi;" +
  "nyn Nyankole;nyo Nyoro;nzi Nzima;oci/oc Occitan;oji/oj Ojibwa;ori/or Odia;orm/om Oromo;" +
  "osa Osage;oss/os Ossetic;ota Ottoman Turkish;oto Otomian languages;paa Papuan languages;" +
  "pag Pangasinan;pal Pahlavi;pam Pampanga;pan/pa Punjabi;pap Papiamento;pau Palauan;" +
  "peo Old Persian;per/fa Persian;phi Philippine languages;phn Phoenician;pli/pi Pali;" +
  "pol/pl Polish;pon Pohnpeian;por/pt Portuguese;pra Prakrit languages;pro Old Provençal;" +
  "pus/ps Pashto;que/qu Quechua;raj Rajasthani;rap Rapanui;rar Rarotongan;" +
  "roa Romance languages;roh/rm Romansh;rom Romany;rum/ro Romanian;run/rn Rundi;" +
  "rup Aromanian;rus/ru Russian;sad Sandawe;sag/sg Sango;sah Yakut;" +
  "sai South American Indian languages;sal Salishan languages;sam Samaritan Aramaic;" +
  "san/sa Sanskrit;sas Sasak;sat Santali;scn Sicilian;sco Scots;sel Selkup;" +
  "sem Semitic languages;sga Old Irish;sgn Sign Languages;shn Shan;sid Sidamo;sin/si Sinhala;" +
  "sio Siouan languages;sit Sino-Tibetan languages;sla Slavic languages;slo/sk Slovak;" +
  "slv/sl Slovenian;sma Southern Sami;sme/se Northern Sami;smi Sami languages;smj Lule Sami;" +
  "smn Inari Sami;smo/sm Samoan;sms Skolt Sami;sna/sn Shona;snd/sd Sindhi;snk Soninke;" +
  "sog Sogdien;som/so Somali;son Songhai languages;sot/st Southern Sotho;spa/es Spanish;" +
  "srd/sc Sardinian;srn Sranan Tongo;srp/sr Serbian;srr Serer;ssa Nilo-Saharan languages;" +
  "ssw/ss Swati;suk Sukuma;sun/su Sundanese;sus Susu;sux Sumerian;swa/sw Swahili;" +
  "swe/sv Swedish;syc Classical Syriac;syr Syriac;tah/ty Tahitian;tai Tai languages;" +
  "tam/ta Tamil;tat/tt Tatar;tel/te Telugu;tem Timne;ter Tereno;tet Tetum;tgk/tg Tajik;" +
  "tgl/tl Filipino;tha/th Thai;tib/bo Tibetan;tig Tigre;tir/ti Tigrinya;tiv Tiv;" +
  "tkl Tokelauan;tlh Klingon;tli Tlingit;tmh Tamashek;tog Nyasa Tonga;ton/to Tongan;" +
  "tpi Tok Pisin;tsi Tsimshian;tsn/tn Tswana;tso/ts Tsonga;tuk/tk Turkmen;tum Tumbuka;" +
  "tup Tupi languages;tur/tr Turkish;tut Altaic languages;tvl Tuvalu;twi/tw Akan;" +
  "tyv Tuvinian;udm Udmurt;uga Ugaritic;uig/ug Uyghur;ukr/uk Ukrainian;umb Umbundu;" +
  "und Undetermined;urd/ur Urdu;uzb/uz Uzbek;vai Vai;ven/ve Venda;vie/vi Vietnamese;" +
  "vol/vo Volapük;vot Votic;wak Wakashan languages;wal Wolaytta;war Waray;was Washo;" +
  "wel/cy Welsh;wen Sorbian languages;wln/wa Walloon;wol/wo Wolof;xal Kalmyk;xho/xh Xhosa;" +
  "yao Yao;yap Yapese;yid/yi Yiddish;yor/yo Yoruba;ypk Yupik languages;zap Zapotec;" +
  "zbl Blissymbols;zen Zenaga;zgh Standard Moroccan Tamazight;zha/za Zhuang;" +
  "znd Zande languages;zul/zu Zulu;zun Zuni;zxx No linguistic content;zza Zaza";

/** Other codes for a language, each followed by its MARC code. */
export const replacedCodes: string =
  "sqi alb hye arm eus baq mya bur zho chi ces cze nld dut fra fre kat geo deu ger ell gre " +
  "isl ice mkd mac mri mao msa may fas per ron rum slk slo bod tib cym wel scr hrv scc srp " +
  "mol rum esp epo gae gla iri gle lan oci tag tgl fri fry gag glg cam khm tar tat taj tgk " +
  "ajm abk eth gez far fao gal orm gua grn int ina kus kos lap smi max glv sao smo snh sin " +
  "sho sna sso sot swz ssw tsw tsn tru chk hbs srp sh srp mo rum iw heb in ind ji yid jw jav " +
  "tl tgl fil tgl";
