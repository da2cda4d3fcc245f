// Who works in the exercise: invented officers of three states, their agencies and desks. Names are common enough to be nobody's.
import type { AgencyKind, Role } from "@simpul/model";

export interface StoryOfficer {
  /** Stable short name for tests and scripts, e.g. `sari`. */
  key: string;
  /** In her own script. */
  name: string;
  /** Romanised, where the script is another. */
  nameLatin?: string;
  roles: Role[];
  language: "en" | "id" | "km" | "fil";
}

export interface StoryDesk {
  key: string;
  name: string;
  officers: StoryOfficer[];
}

export interface StoryAgency {
  key: string;
  kind: AgencyKind;
  name: string;
  desks: StoryDesk[];
}

export interface StoryNode {
  code: "id" | "kh" | "ph";
  name: string;
  agencies: StoryAgency[];
}

const officer = (
  key: string,
  name: string,
  language: StoryOfficer["language"],
  roles: Role[],
  nameLatin?: string,
): StoryOfficer => ({ key, name, language, roles, ...(nameLatin === undefined ? {} : { nameLatin }) });

const agency = (
  key: string,
  kind: AgencyKind,
  name: string,
  desk: string,
  officers: StoryOfficer[],
): StoryAgency => ({
  key,
  kind,
  name,
  desks: [{ key, name: desk, officers }],
});

export const people: readonly StoryNode[] = [
  {
    code: "id",
    name: "Indonesia",
    agencies: [
      agency("cyber", "cyber-crime", "Direktorat Tindak Pidana Siber (LATIHAN)", "Unit Penyidikan Daring 2", [
        officer("sari", "Sari Wulandari", "id", ["investigator"]),
        officer("bima", "Bima Nugroho", "id", ["supervisor", "investigator"]),
      ]),
      agency("police", "police", "Satuan Tugas Perdagangan Orang (LATIHAN)", "Unit Penyelidikan", [
        officer("rina", "Rina Kartika", "id", ["investigator"]),
      ]),
      agency("liaison", "liaison", "Kantor Penghubung Nasional (LATIHAN)", "Meja Penghubung 24 Jam", [
        officer("agus", "Agus Setyawan", "id", ["liaison"]),
        officer("putri", "Putri Handayani", "id", ["liaison", "supervisor"]),
      ]),
      agency("immigration", "immigration", "Imigrasi (LATIHAN)", "Meja Bandara", [
        officer("yusuf", "Yusuf Hidayat", "id", ["investigator"]),
      ]),
      agency("prosecutor", "prosecutor", "Kejaksaan (LATIHAN)", "Jaksa Perdagangan Orang", [
        officer("ratna", "Ratna Sitorus", "id", ["prosecutor"]),
      ]),
      agency(
        "central",
        "central-authority",
        "Otoritas Pusat Bantuan Timbal Balik (LATIHAN)",
        "Meja Bantuan Hukum",
        [officer("dian", "Dian Permatasari", "id", ["liaison"])],
      ),
      agency("victims", "victim-services", "Layanan Korban (LATIHAN)", "Meja Korban", [
        officer("maya", "Maya Anggraini", "id", ["caseworker"]),
        officer("lestari", "Lestari Widodo", "id", ["caseworker", "supervisor"]),
      ]),
      agency("money", "financial-intelligence", "Intelijen Keuangan (LATIHAN)", "Meja Aliran Dana", [
        officer("intan", "Intan Maharani", "id", ["analyst", "investigator"]),
      ]),
      agency("consular", "consular", "Pelindungan WNI (LATIHAN)", "Meja Kekonsuleran", [
        officer("wulan", "Wulan Safitri", "id", ["caseworker"]),
      ]),
      agency("labour", "labour", "Pengawasan Ketenagakerjaan (LATIHAN)", "Meja Pekerja Migran", [
        officer("tuti", "Tuti Rahayu", "id", ["caseworker"]),
      ]),
      agency("oversight", "oversight", "Pengawasan Internal (LATIHAN)", "Meja Pengawasan", [
        officer("hendra", "Hendra Saputra", "id", ["oversight"]),
      ]),
      agency("admin", "liaison", "Pengelola Simpul (LATIHAN)", "Administrasi", [
        officer("tono", "Tono Wibowo", "id", ["administrator"]),
        officer("wahyu", "Wahyu Prasetyo", "id", ["administrator"]),
      ]),
    ],
  },
  {
    code: "kh",
    name: "Cambodia",
    agencies: [
      agency("cyber", "cyber-crime", "នាយកដ្ឋានប្រឆាំងបទល្មើសបច្ចេកវិទ្យា (លំហាត់)", "ការិយាល័យស៊ើបអង្កេត", [
        officer("dara", "សុខ ដារា", "km", ["investigator"], "Sok Dara"),
        officer("vanna", "ចាន់ វណ្ណា", "km", ["supervisor", "investigator"], "Chan Vanna"),
      ]),
      agency("police", "police", "នគរបាលប្រឆាំងការជួញដូរមនុស្ស (លំហាត់)", "ការិយាល័យករណីខេត្ត", [
        officer("sreymom", "គឹម ស្រីមុំ", "km", ["investigator"], "Kim Sreymom"),
      ]),
      agency("liaison", "liaison", "ការិយាល័យទំនាក់ទំនងជាតិ (លំហាត់)", "តុទំនាក់ទំនង ២៤ ម៉ោង", [
        officer("sophea", "លី សុភា", "km", ["liaison"], "Ly Sophea"),
        officer("rithy", "ហេង រិទ្ធី", "km", ["liaison", "supervisor"], "Heng Rithy"),
      ]),
      agency("prosecutor", "prosecutor", "អយ្យការ (លំហាត់)", "ព្រះរាជអាជ្ញាករណីជួញដូរ", [
        officer("chantha", "មាស ចាន់ថា", "km", ["prosecutor"], "Meas Chantha"),
      ]),
      agency("central", "central-authority", "អាជ្ញាធរកណ្តាល ជំនួយច្បាប់ (លំហាត់)", "តុជំនួយច្បាប់", [
        officer("mony", "សេង មុនី", "km", ["liaison"], "Seng Mony"),
      ]),
      agency("victims", "victim-services", "សេវាជនរងគ្រោះ (លំហាត់)", "តុជនរងគ្រោះ", [
        officer("sreypov", "នួន ស្រីពៅ", "km", ["caseworker"], "Nuon Sreypov"),
        officer("thida", "ទេព ធីតា", "km", ["caseworker", "supervisor"], "Tep Thida"),
      ]),
      agency("oversight", "oversight", "អធិការកិច្ច (លំហាត់)", "តុត្រួតពិនិត្យ", [
        officer("samnang", "អ៊ុក សំណាង", "km", ["oversight"], "Ouk Samnang"),
      ]),
      agency("admin", "liaison", "អ្នកគ្រប់គ្រង Simpul (លំហាត់)", "រដ្ឋបាល", [
        officer("ratana", "ផាន រតនា", "km", ["administrator"], "Phan Ratana"),
        officer("bopha", "កែវ បុប្ផា", "km", ["administrator"], "Keo Bopha"),
      ]),
    ],
  },
  {
    code: "ph",
    name: "Philippines",
    agencies: [
      agency("cyber", "cyber-crime", "Cybercrime Investigation (PAGSASANAY)", "Online Fraud Desk", [
        officer("joel", "Joel Manalo", "fil", ["investigator"]),
        officer("liza", "Liza Domingo", "fil", ["supervisor", "investigator"]),
      ]),
      agency("police", "police", "Anti-Trafficking Task Force (PAGSASANAY)", "Case Desk", [
        officer("dennis", "Dennis Robles", "fil", ["investigator"]),
      ]),
      agency("liaison", "liaison", "National Liaison Office (PAGSASANAY)", "24-hour Liaison Desk", [
        officer("grace", "Grace Villareal", "fil", ["liaison"]),
        officer("carlo", "Carlo Bautista", "fil", ["liaison", "supervisor"]),
      ]),
      agency("immigration", "immigration", "Immigration (PAGSASANAY)", "Airport Desk", [
        officer("rowena", "Rowena Magbanua", "fil", ["investigator"]),
      ]),
      agency("prosecutor", "prosecutor", "Prosecution Service (PAGSASANAY)", "Trafficking Prosecutors", [
        officer("teresa", "Teresa Navarro", "fil", ["prosecutor"]),
      ]),
      agency(
        "central",
        "central-authority",
        "Central Authority for Legal Assistance (PAGSASANAY)",
        "Legal Assistance Desk",
        [officer("isabel", "Isabel Santos", "fil", ["liaison"])],
      ),
      agency("victims", "victim-services", "Victim Services (PAGSASANAY)", "Victim Desk", [
        officer("marites", "Marites Ocampo", "fil", ["caseworker"]),
        officer("corazon", "Corazon Aguilar", "fil", ["caseworker", "supervisor"]),
      ]),
      agency("region", "coordination", "Regional Coordination Unit (PAGSASANAY)", "Coordination Desk", [
        officer("amara", "Amara Salim", "en", ["liaison"]),
      ]),
      agency("oversight", "oversight", "Internal Oversight (PAGSASANAY)", "Oversight Desk", [
        officer("noel", "Noel Ramirez", "fil", ["oversight"]),
      ]),
      agency("admin", "liaison", "Simpul Administration (PAGSASANAY)", "Administration", [
        officer("arnel", "Arnel Dizon", "fil", ["administrator"]),
        officer("lorna", "Lorna Aquino", "fil", ["administrator"]),
      ]),
    ],
  },
];
