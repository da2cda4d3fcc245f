// What tells Indonesian from Malay: words and spellings that one of the two standards has and the other does not.
// Written for this project from the dictionaries' differences (KBBI, Kamus Dewan) and everyday use; words are facts.

/** Both standards, and enough of them to tell the pair from every other language here. */
export const bothMalay = `
yang dan di ke dari untuk dengan pada ini itu adalah tidak akan telah oleh dalam atau juga sebagai ada mereka kami kita
saya dia ia anda kamu aku lebih dapat sudah belum harus hanya jika kalau maka agar supaya sehingga hingga sampai sejak
setelah selepas sebelum ketika semasa sambil serta bagi kepada terhadap antara atas bawah luar depan belakang sini sana
situ apa siapa mana bila bagaimana mengapa kenapa berapa banyak sedikit semua setiap para sang satu dua tiga empat lima
enam tujuh lapan sembilan sepuluh ratus ribu juta tahun bulan minggu hari jam orang anak lelaki perempuan rumah jalan
kerja pekerjaan bekerja baru lama besar kecil baik buruk tinggi rendah pertama kedua ketiga kali lagi masih pernah
sedang terus selalu sering kadang mungkin perlu ingin mahu suka tahu lihat melihat dilihat buat membuat dibuat beri
memberi diberikan memberikan kata berkata katanya menjadi jadi terjadi merupakan seperti dengannya tersebut berikut
lain sama sendiri bersama kembali pulang pergi datang masuk keluar naik turun buka membuka tutup menutup dibuka ditutup
hubungi percuma gaji kawan teman keluarga ibu bapa ayah negara kerajaan rakyat dunia tempat masa nama nombor tanpa
melalui berada menerima mendapat mendapatkan menggunakan digunakan gunakan pilih memilih simpan menyimpan hapus hantar
ambil mengambil cari mencari tambah menambah ubah mengubah mula memulakan akhir terakhir sekarang nanti esok semalam
dulu tentang mengenai hal perkara cara kerana begitu demikian namun tetapi tapi walaupun meskipun bahkan sangat amat
paling terlalu cukup hampir kira sekitar dimana pun lah kah nya bukan jangan tolong sila terima kasih selamat pagi malam
petang benar salah senang susah mudah sukar kuat cepat lambat penting utama umum khas tertentu beberapa sebuah seorang
seseorang sebarang suatu berbagai pelbagai manusia wang perniagaan pasaran syarat tawaran peluang ditawarkan dicari
diperlukan sesuai memiliki mempunyai terdapat berdasarkan menurut mengatakan menyatakan menjelaskan
`;

/** Indonesian only. */
export const indonesian = `
apakah siapakah bagaimanakah ijin diijinkan diperbolehkan diketahui berarti merubah mengubah register verifikasikan bertipe baris berkas-berkas berguna terduga dikenali jangkauan otentikasi indikasi mengindikasikan relokasi hilang legal melebihi ofset dijumpai papan-tik pustaka opsi-opsi argumen keluaran masukan berikan
bahwa karena bisa kantor mobil uang sehari-hari saja mereka kalian ingin mau cuma banget nggak enggak gak ga tak aja udah
sih dong kok deh gue gua lu elo kalo kayak gimana bikin ngga ngapain emang gitu gini begini tadi kemarin besok sore siang
yakni yaitu adapun sedangkan sementara apabila hendaknya melainkan meski walau sembari lantaran ketimbang daripadanya
berupa sebesar senilai sebanyaknya jumlahnya tersebutlah usai kala saat ketika mendatang silam lalu jelang selama seusai
polisi kepolisian rumah-sakit kesehatan sehat sekolahan mahasiswa mahasiswi dosen universitas fakultas perusahaan pabrik
karyawan karyawati lowongan loker melamar lamaran pelamar penempatan interview wawancara honor upah tunjangan bonus cuti
lembur pengalaman keahlian fasilitas mes mess asrama makan-minum paspor visa tiket pesawat bandara keberangkatan berangkat
hubungin hubungan hp ponsel telepon telpon nomor rekening transfer tunai pulsa kuota gratis diskon hadiah pemenang undian
pinjaman cicilan bunga agunan jaminan cair pencairan situs tautan klik unduh mengunduh diunduh unggah mengunggah diunggah
peramban berkas folder direktori perangkat jaringan kata-sandi sandi masuk-log pengaturan setelan pengaturan-umum batal
batalkan dibatalkan membatalkan tampilkan menampilkan ditampilkan tampilan sembunyikan menyembunyikan layar tombol galat
kesalahan peringatan silakan silahkan mohon coba mencoba cobalah gagal berhasil sukses kirim mengirim dikirim terkirim
pengiriman pesan surel peladen pengguna penggunaan ubahlah hapuslah menghapus dihapus penghapusan simpanlah disimpan
berlangganan langganan aktifkan diaktifkan mengaktifkan nonaktifkan dinonaktifkan menonaktifkan aktif aktivitas kegiatan
kualitas kuantitas identitas komunitas prioritas fasilitasi kapasitas realitas kreativitas mayoritas minoritas otoritas
solidaritas stabilitas entitas mentalitas intensitas validitas visibilitas keamanan kepercayaan terpercaya tepercaya
kebijakan pemerintah pemerintahan menteri kementerian presiden gubernur bupati walikota dpr dprd pilkada pemilu partai
kabupaten kecamatan kelurahan desa provinsi propinsi rt rw jl jalan-raya jakarta surabaya bandung medan jawa bali
sulawesi kalimantan sumatera indonesia wni rupiah rp ribuan jutaan miliar milyar triliun persen anggota tentara serdadu
pasukan kejaksaan jaksa hakim pengadilan mahkamah terdakwa tersangka pelaku korban saksi penyidik penyidikan penangkapan
ditangkap menangkap tewas meninggal terluka luka bentrokan unjuk-rasa demo demonstran pendukung pelatih pemain pertandingan
laga gol pemenangnya juara klub liga timnas sepakbola sepak-bola bola-basket petinju olahraga cabang-olahraga olimpiade
januari februari maret mei juni juli agustus oktober november desember senin selasa rabu kamis jumat sabtu minggu ahad
jam pukul menit detik kereta-api bus bis sepeda sepeda-motor motor kapal kapal-laut apotek obat dokter perawat pasien
bayi remaja pria wanita laki-laki cewek cowok bapak pak mas mbak kakek nenek istri suami sepupu paman bibi mertua
handuk sepatu celana kaos jaket kacamata kulkas lemari kursi meja selimut bantal gelas piring sendok garpu handphone
dapur kamar wc toilet listrik lampu kompor bensin solar mogok ban bengkel parkiran macet kemacetan banjir gempa
coba-coba pintar bodoh lucu keren cantik ganteng capek lelah bosan ngantuk lapar haus kenyang malas rajin jelek bagus
kangen sayang pacar pacaran menikah pernikahan nikah cerai anak-anaknya lahir kelahiran ulang-tahun ulangtahun kuliah
jurusan skripsi beasiswa ujian nilai ijazah sma smp sd smk sarjana gelar sekretaris direktur manajer manajemen pemasaran
keuangan akuntansi akuntan produksi produsen konsumen pelanggan penjualan pembelian penjual pembeli harga murah mahal
merek merk toko swalayan pasar warung rumah-makan restoran kafe hotel penginapan wisata wisatawan liburan libur berlibur
turis pantai gunung pulau laut sungai danau hutan kebun sawah petani nelayan buruh pengusaha wirausaha pedagang pegawai
pns tni polri kpk bumn bpjs ktp kk sim stnk npwp pajak bea cukai anggaran dana donasi sumbangan bantuan relawan yayasan
lembaga badan dinas instansi dewan komisi panitia ketua wakil sekjen juru-bicara pengamat peneliti penelitian riset
survei studi ilmuwan teknologi internet komputer laptop perangkat-lunak perangkat-keras aplikasi program gambar foto video
film musik lagu penyanyi artis aktor aktris sutradara penonton tayang ditayangkan siaran televisi tv radio koran majalah
berita wartawan jurnalis reporter redaksi penulis buku novel cerita puisi halaman judul kalimat paragraf bab kata
pertanyaan jawaban menjawab bertanya menanyakan mengobrol ngobrol obrolan berbicara bicara ngomong omongan cerita-cerita
menginginkan membutuhkan dibutuhkan butuh kebutuhan memerlukan mempekerjakan dipekerjakan menawarkan tergantung
bergantung melakukan dilakukan dilaksanakan terletak berlokasi lokasi tujuan berangkatlah mampu kemampuan berkemampuan
ekonomi inflasi investasi investor saham obligasi bank perbankan kredit debit kartu modal keuntungan laba rugi kerugian
anjing kucing sapi kambing ayam ikan udang telur nasi mie roti susu kopi teh air-putih gula garam cabai bawang tempe tahu
jeruk apel semangka nanas mangga pisang pepaya kelapa singkong ketela kentang wortel kol bayam kangkung buncis
berbeda perbedaan beda sebaliknya seharusnya sebaiknya semestinya sebetulnya sebenarnya ternyata rupanya kabarnya konon
mudah-mudahan semoga moga sekalian sekaligus sekadar sekedar selain disamping di-mana kapan darimana kemana gimana
selanjutnya berikutnya kemudian lantas akhirnya pertama-tama kesimpulannya misalnya contohnya seperti-nya sepertinya
kayaknya nampaknya tampaknya kelihatannya terutama khususnya umumnya biasanya sering-sering jarang kerap acap seringkali
berulang-kali bolak-balik pelan-pelan perlahan segera buru-buru tiba-tiba mendadak langsung otomatis secara sama-sama
bentuk jenis macam tipe model ukuran nomor-nomor jumlah total rata-rata sebagian seluruh seluruhnya segala tiap masing
masing-masing berdua bertiga belasan puluhan ratusan delapan terdiri meliputi mencakup termasuk kecuali terkait berkaitan
lewat via sesudah seperempat setengah separuh sepertiga kebanyakan mayoritasnya kurang-lebih kira-kira sekitar-nya
izin mengizinkan diizinkan perizinan ijin kebebasan berhak haknya hak-hak wajib kewajiban tanggung-jawab bertanggung
konflik kasus insiden kecelakaan peristiwa kejadian bencana krisis pandemi virus wabah vaksin vaksinasi
sinyal baterai mengisi isi-ulang mengecas kabel pengisi steker stopkontak colokan senter korek rokok asbak
biaya dibiayai membiayai bayar membayar dibayar pembayaran tagihan struk kuitansi faktur bukti
maaf permisi terimakasih makasih sama-sama selamat-datang assalamualaikum bro gan sis kak min om tante
jago hebat mantap oke ok sip siap yuk ayo mari nih tuh loh lho toh kan ya iya yah yoi
disediakan disiapkan penyedia penyediaan tersedia ketersediaan pelatihan melatih dilatih latihan
memperbarui diperbarui pembaruan perbarui terbaru versi rilis dirilis merilis meluncurkan peluncuran
resmi secara-resmi pihak pihaknya sejumlah sejumlahnya bersangkutan segenap pimpinan pemimpin memimpin
kepala kepala-kepala kesempatan kemungkinan memungkinkan tak-mungkin mengaku diakui pengakuan tuduhan menuduh dituduh
mengizinkannya terbuka tertutup terbatas batas batasan membatasi dibatasi pembatasan
berarti artinya arti makna bermakna maksud maksudnya bermaksud
nyata kenyataan kenyataannya faktanya fakta bohong berbohong jujur kejujuran rahasia tipu penipu penipuan menipu ditipu
ketemu bertemu pertemuan rapat menghadiri kehadiran hadir absen undang mengundang diundang undangan
seru asyik asik menyenangkan menarik membosankan menakutkan mengerikan menyedihkan mengejutkan kaget
situs karena sertifikat perangkat berkas coba valid memblokir diblokir blokir pemblokiran keamanan bisa pelajari saat konten
didukung dukungan mendukung diharapkan berharap peramban ulang pribadi aman layar lainnya bilah markah pengaya penjelajahan
menjelajah jendela daya riwayat mencoba mengandung otomatis fitur pengodean kode terjadi tautan menautkan tambahkan agar
pelacak pelacakan melacak lacak penyimpanan baku properti cocok mencocokkan opsi opsional setelah pemuatan jarak mode bawaan
samping layanan melayani berisi isinya melanjutkan lanjutkan lanjutan kerusakan rusak merusak kontainer formulir metode kartu
tersambung memulai dimulai mulai berbagi membagikan dibagikan bagikan informasi pencarian pencari mengimpor impor mengekspor
ekspor ekspornya menentukan ditentukan publik berpengaruh pengaruh memengaruhi mempengaruhi usang mesin administrator kinerja
preferensi dipercaya mempercayai memercayai kunjungan mengunjungi kunjungi pengunjung berkunjung menemukan ditemukan temukan
temuan penemuan tetap tipe pengembang pengembangan mengembangkan dikembangkan cakupan kutip kutipan daftar terdaftar
ditingkatkan meningkatkan peningkatan koneksi terkoneksi yakin keyakinan langsung hal rusaknya prasetel ketik mengetik kelola
mengelola pengelola pengelolaan dikelola melarang larangan dilarang daring luring standar tabel kedaluwarsa kadaluarsa grup
mencegah pencegahan dicegah mengidentifikasi diidentifikasi diverifikasi verifikasi memverifikasi terverifikasi variabel awal
awalnya karakter chatbot seluler mendekripsi dekripsi enkripsi terenkripsi lingkup percobaan menyalahi basis berbasis
sebelumnya lokal periksa memeriksa diperiksa pemeriksaan berdampak dampak host ketentuan sinkronisasi sinkronkan
menyinkronkan pemberitahuan memberitahu terjemahan menerjemahkan penerjemah saran menyarankan disarankan referensi
aksesibilitas tingkat komentar mengomentari eksternal internal disetel setel menyetel utas kolom autentikasi urutan
diinginkan virtual lembar menyetujui disetujui persetujuan setuju terkait label fokus menginstal diinstal instal asli sisi
bersihkan membersihkan total masalahnya mendiagnosis diagnosis spasi kontrol mengontrol dikontrol inspektur lintas singkat
singkatnya interaktif kompatibel integritas terhubung menghubungi menghubungkan terdeteksi mendeteksi deteksi tembolok bidang
mencetak pencetakan pengalihan mengalihkan dialihkan memutar diputar pemutaran jari topik sidik pratinjau target kredensial
tata diuraikan dicadangkan cadangan bug meninjau peninjauan ditinjau favorit menangani penanganan ditangani pemutakhiran
tersemat pembacaan dikenal terkenal memungkinkan beranda memperlambat balasan membalas dibalas rentang catatan mencatat
tercatat dicatat memakai dipakai pemakaian pakai rincian rinci perincian perilaku berperilaku sebaiknya dilanjutkan mendatang
prefiks pelaporan deskripsi letak dihasilkan menghasilkan penghasilan penghasil seluruh pengganti mengganti diganti ganti
penguraian menjalankan dijalankan suatu sebagian berasal sederhana mengedit pencabutan dicabut mencabut menyampaikan
disampaikan memutuskan diputuskan keputusan putusan campuran dikunjungi tujuan jalur spanduk instan ringkas terpisah
memisahkan pisah beralih peralihan minta meminta diminta permintaan pohon terlihat persis gantinya membangun dibangun
pembangunan relatif detail ekstra angka melewati tampil penampilan referensinya kripto alih-alih maupun aksi beraksi
bermasalah diterapkan menerapkan penerapan mengisi pengisian diisi persyaratan syaratnya kendali mengendalikan milik
eksperimental centang jahat penjahat kejahatan tercantum mencantumkan tersisa sisa maksimal minimal atur interaksi
mengurai tanyakan instruksi menempelkan tempel eksekusi mengeksekusi indeks istilah teknis menyelidiki diselidiki
antar antara-nya pintasan beliau-beliau dirinya ujarnya tuturnya tandasnya imbuhnya ungkapnya ungkap mengungkapkan
diungkapkan terungkap sebut menyebut disebut menyebutkan disebutkan ujar tutur papar memaparkan menegaskan ditegaskan
nasional internasional regional asing mancanegara dalam-negeri luar-negeri luar negeri perdagangan importir eksportir
pendapatan pajak pertumbuhan undang-undang peraturan perda perpres uu pasal ayat tindakan bertindak penegakan menegakkan
kekuasaan berkuasa penguasa pejabat pejabatnya petugas aparat satuan ketua mendapatkan memperoleh diperoleh kepemilikan
kepentingan pertemuannya konferensi sidang jumpa-pers medsos laporan melaporkan dilaporkan
kekhawatiran khawatir mengkhawatirkan cemas takut bahaya berbahaya ancaman mengancam terlibat melibatkan dilibatkan
keterlibatan berjumlah senilai diperkirakan perkiraan memperkirakan dijadwalkan jadwal jadwalnya diumumkan pengumuman
mengumumkan dimulainya berakhir berakhirnya kantornya kantor-kantor markas cabang bagian sektor bidangnya
transportasi angkutan truk minibus perahu feri dermaga stasiun terminal halte tarif tiketnya
merencanakan rencana rencananya direncanakan perencanaan usulan diusulkan mengusulkan usul menyusul
mengikuti diikuti ikut peserta keikutsertaan partisipasi berpartisipasi
gembira sedih marah bangga kecewa mengecewakan bahagia
pandangan pendapat berpendapat percaya menurutnya
entah barangkali kiranya sekiranya andai seandainya
semuanya segalanya keseluruhan keseluruhannya
keduanya ketiganya kedua-duanya ratusan ribuan jutaan miliaran puluhan
selama sepanjang dahulu dulunya baru-baru belakangan kemarin-kemarin esok lusa nanti-nanti malam-nya
menyusul pasca usai seusai prarilis menjelang sekitar sekitarnya kini saat-ini
tak bukanlah belumlah telahlah
`;

/** Malay (Malaysia, Brunei, Singapore) only. */
export const malay = `
sesiapa naskhah berasingan sorok sorokkan dibetulkan betulkan undang-undang jenayah membanteras pemerdagangan buruh-paksa akaun-bank guna-pakai memberitahu nyawa melainkan 
patut sepatutnya diguna rentetan palang sifat bentangan tetikus peristiwa-bunyi aras tong menindih tindih bingkai corak lumpuhkan melumpuhkan bila-bila dikendali keputusan penyata pepohon kolum warna-warni abai diabai diabaikan sengkang muncul papan-kekunci antara-muka amalan berlainan lain-lain ketika-itu sekiranya
bahawa kerana boleh pejabat kereta wang duit sahaja iaitu ialah manakala apabila lapan seramai sebanyak semalam esok
petang tengahari tengah-hari tengah-malam awak korang kitorang diorang dorang hang kau kome nak tak dah je jer ja lah
kan tau takde takda xde xda takkan tiada tidaklah camne camni macam mcm mcmana sgt tlg nk x tu ni kat dkt kt dgn utk bg
pasal sebab pasai kot weh wei leh bleh ok okey baik-baik bagai bagaikan
polis pihak-polis balai siasatan disiasat penyiasat suspek tertuduh didakwa pendakwa pendakwaan pendakwaraya mahkamah
peguam peguambela hakimnya saman disaman denda didenda sebatan tahanan ditahan menahan penahanan reman direman lokap
hospital klinik doktor jururawat pesakit ubat ubat-ubatan farmasi kesihatan sihat rawatan dirawat merawat
universiti kolej fakulti pensyarah pelajar pelajar-pelajar penuntut kuliah sekolah-sekolah guru cikgu murid tadika yuran
syarikat kilang pekerja pekerja-pekerja kakitangan jawatan kekosongan temuduga temu-duga memohon permohonan pemohon
kelayakan berkelayakan pengalaman-kerja gaji-pokok elaun imbuhan caruman kwsp perkeso epf socso majikan penggajian
ringgit rm sen peratus bilion trilion juta-an ribuan pinjaman pinjam ansuran faedah cagaran kelulusan lulus diluluskan
telefon telefon-bimbit handset talian menelefon nombor whatsappkan mesej sms pesanan-ringkas e-mel emel laman sesawang
laman-web pautan klik muat turun memuat dimuat naik pelayar pelayan fail folder tetapan kata-laluan laluan pengguna
log skrin butang ralat amaran sila silakan batal batalkan dibatalkan papar paparkan memaparkan dipaparkan paparan
sembunyi hantar menghantar dihantar penghantaran padam padamkan memadam dipadam dipadamkan buang membuang dibuang
simpanan langgan melanggan langganan aktifkan didayakan dayakan mendayakan dilumpuhkan nyahaktif nyahaktifkan
aktiviti kualiti kuantiti identiti komuniti prioriti kemudahan kapasiti realiti kreativiti majoriti minoriti pihak-berkuasa
berkuasa autoriti kestabilan entiti keselamatan kepercayaan dipercayai
dasar kerajaan menteri-menteri kementerian perdana timbalan ketua-menteri menteri-besar mb adun parlimen dun pilihan
pilihanraya raya pilihan-raya parti pembangkang jajahan daerah mukim kampung negeri wilayah persekutuan malaysia kuala
lumpur selangor johor perak kedah kelantan terengganu pahang sabah sarawak melaka pulau-pinang penang putrajaya brunei
singapura warganegara rakyat-malaysia jln taman bandar bandaraya lebuh lebuhraya lebuh-raya
anggota-polis tentera askar pasukan-keselamatan maut meninggal-dunia terkorban mangsa cedera kecederaan parah rusuhan
tunjuk-perasaan penunjuk penyokong jurulatih pemain-pemain perlawanan jaringan johan naib-johan kelab pasukan bola-sepak
bolasepak sukan olimpik kejohanan
januari februari mac mei jun julai ogos oktober november disember isnin selasa rabu khamis jumaat sabtu ahad
pukul minit saat keretapi kereta-api bas teksi basikal motosikal kapal-terbang kapal lapangan lapangan-terbang penerbangan
budak kanak-kanak kanak bayi remaja lelaki-lelaki wanita wanita-wanita encik puan cik tuan dato datuk datuk-seri tan-sri
isteri suami bapa-saudara emak mak ayah-saya abang kakak adik pakcik makcik atuk nenek
tuala kasut seluar baju-t jaket cermin-mata peti-sejuk almari kerusi meja-tulis selimut bantal cawan pinggan sudu garfu
dapur bilik tandas elektrik lampu dapur-gas petrol diesel rosak tayar bengkel-kereta parkir letak-kereta kesesakan sesak
banjir-kilat gempa-bumi pandai bodoh kelakar lawak cantik kacak letih penat bosan mengantuk lapar dahaga malas rajin
hodoh elok bagus rindu sayang kekasih teman-lelaki berkahwin perkahwinan kahwin cerai-berai lahir kelahiran hari-jadi
jurusan biasiswa peperiksaan markah sijil diploma ijazah-sarjana spm stpm pt3 graduan
setiausaha pengarah pengurus pengurusan pemasaran kewangan perakaunan akauntan pengeluaran pengeluar pengguna-pengguna
pelanggan-pelanggan jualan pembelian penjual pembeli harga-harga murah mahal jenama kedai pasaraya pasar-raya gerai
restoran kafe hotel-hotel pelancongan pelancong percutian cuti bercuti pantai gunung pulau laut sungai tasik hutan
ladang sawah petani nelayan buruh usahawan peniaga kakitangan-awam penjawat awam sprm pdrm jpj jpn mykad lesen cukai
lhdn kastam belanjawan bajet dana derma sumbangan bantuan sukarelawan yayasan pertubuhan agensi jabatan majlis
suruhanjaya jawatankuasa pengerusi timbalan-pengerusi jurucakap penganalisis penyelidik penyelidikan kajian tinjauan
saintis teknologi internet komputer riba perisian perkakasan aplikasi program gambar foto video filem muzik lagu penyanyi
artis pelakon pengarah-filem penonton tayangan ditayangkan siaran televisyen radio akhbar surat-khabar majalah berita
wartawan pemberita editor penulis buku novel cerita sajak muka-surat halaman tajuk ayat perenggan bab perkataan
soalan jawapan menjawab bertanya berborak borak sembang bersembang bercakap cakap tuturnya ujar ujarnya jelasnya tegasnya
katanya-lagi menerusi menerangkan memaklumkan dimaklumkan maklum maklumat makluman mengesahkan disahkan pengesahan sah
mahu mahukan hendak inginkan memerlukan diperlukan perlukan keperluan menggaji digaji menawarkan bergantung
melakukan dilakukan dijalankan menjalankan terletak lokasi destinasi bertolak mampu kebolehan keupayaan berupaya
ekonomi inflasi pelaburan pelabur melabur saham bon perbankan kredit debit kad modal keuntungan untung rugi kerugian
anjing kucing lembu kambing ayam ikan udang telur nasi mi mee roti susu kopi teh air-kosong gula garam cili bawang tempe
oren epal tembikai nenas mangga pisang betik kelapa ubi kentang lobak kubis bayam kangkung kacang-panjang
berbeza perbezaan beza sebaliknya sepatutnya seharusnya sebaiknya sebenarnya rupa-rupanya kononnya
mudah-mudahan semoga diharap sekalian sekali-gus sekali sekadar selain di-samping di-mana bila dari-mana ke-mana
seterusnya kemudian lantas akhirnya contohnya misalnya nampaknya kelihatannya terutamanya khususnya umumnya biasanya
kerap sering jarang acapkali berulang-kali perlahan-lahan perlahan segera tiba-tiba terus automatik secara sama-sama
bentuk jenis macam-macam jenis-jenis saiz bilangan jumlah purata sebahagian seluruh segala setiap masing-masing berdua
bertiga belasan puluhan ratusan terdiri meliputi termasuk kecuali berkaitan berhubung perihal melalui selepas suku
setengah separuh satu-pertiga kebanyakan lebih-kurang kira-kira
izin mengizinkan dibenarkan membenarkan kebenaran benarkan kebebasan berhak wajib kewajipan tanggungjawab bertanggungjawab
konflik kes insiden kemalangan peristiwa kejadian bencana krisis pandemik virus wabak vaksin vaksinasi
isyarat bateri mengecas cas kabel pengecas plag soket lampu-suluh pemetik-api rokok
kos perbelanjaan belanja bayar membayar dibayar bayaran pembayaran bil resit invois bukti
maaf minta-maaf tumpang terima-kasih selamat-datang assalamualaikum bro sis kak tuan-puan
hebat mantap baik okay ya jom mari ni tu lah kah kan ye yer
disediakan penyedia penyediaan tersedia latihan melatih dilatih
kemas-kini kemaskini mengemas dikemas kini versi keluaran dikeluarkan mengeluarkan melancarkan pelancaran dilancarkan
rasmi secara-rasmi pihak pihaknya beberapa berkenaan segenap pemimpin memimpin
peluang kemungkinan membolehkan mengaku diakui pengakuan tuduhan menuduh dituduh dakwaan mendakwa
bermaksud maksud makna erti ertinya bererti
hakikat hakikatnya fakta tipu menipu penipu penipuan ditipu scammer keldai akaun
berjumpa jumpa menjumpai dijumpai mesyuarat menghadiri kehadiran hadir jemput menjemput dijemput jemputan
seronok menyeronokkan menarik membosankan menakutkan mengerikan menyedihkan mengejutkan terkejut
percuma secara-percuma hadiah pemenang cabutan bertuah cuba mencuba dicuba gagal berjaya kejayaan
ditetapkan tetap sekurang-kurangnya selewat-lewatnya setakat mulai bermula tamat tarikh masa waktu
walau walaubagaimanapun bagaimanapun malah malahan justeru lantaran oleh-itu oleh-kerana agak antara-lain
sijil laluan cuba cubalah semula ralat tiada rakan mesej pelayan pelayar penyemak-imbas semak tetingkap kandungan mengandungi
dijangka jangkaan menjangka dijangkakan menyekat disekat sekatan betul dibenarkan pengepala ditemui menemui disokong sokongan
menyokong skrin dihantar perisian rangkaian pelayaran skop ciri ciri-ciri rekod sejarah sandaran dinyahdayakan nyahdayakan
import mengemas senarai menyenaraikan disenaraikan alatan carian mencari disahkan aksara keutamaan mengikut ikut menghalang
dihalang halangan papar kekunci sepadan ketahui piawai piawaian mencipta cipta dicipta pengekodan ranap tandabuku rosak
kerosakan merosakkan dirosakkan sekuriti pengeluar mod storan kod kad pentadbir pentadbiran menghapuskan dihapuskan kini
borang rujuk rujukan asalan pangkalan urus menghurai cacat kecacatan perihal imej arahan menukar tukar ditukar pertukaran
susunan pembangun pembangunan lembaran menyahsulit penyulitan disulitkan pratetap samada sama-ada isu berkemungkinan peranti
keizinan dihadkan had menghadkan terhad mengesan dikesan pengesanan hasad penghujung komen prestasi tamat tempoh
perkhidmatan berkhidmat khidmat awam enjin taip menaip skrinsyot tangkapan cincang berbeza tandatangan menandatangani
pemacu memandu pemandu mencuba sedia bersedia petikan percubaan kawalan mengawal dikawal kawal punca bukannya mengeksport
eksport baharu bait luput kumpulan melawat lawatan pelawat dilawat tempatan tapak pepijat layari melayari saiz asas pelbagai
lalai penjejak jejak menjejak sesetengah luaran menyiasat serasi guna kegunaan berguna perkongsian berkongsi kongsi dikongsi
mengelirukan keliru kaedah laku kekal mengekalkan dikekalkan pembatalan mesti sambung menyambung disambung sambungan
disyorkan mengesyorkan syor cakera sub berbilang didapati mendapati dapatan rakaman mengendalikan pengendali mengalih alih
dialih karekter butiran dikehendaki kehendak dicapai capaian mencapai respon maklum-balas terkini terkinilah menambah
ditambah-baik bertambah daftar mendaftar pendaftaran berdaftar hilang kehilangan fon awalan akhiran rajah jadual
bilakah adakah apakah siapakah mengapakah bagaimanakah beliau dirinya mereka-mereka katanya tambahnya jelasnya
pertubuhan kebangsaan antarabangsa serantau asing luar-negara dalam-negara tempatan-nya dagangan perdagangan pengimport
pengeksport pendapatan cukai hasil keluaran-negara pertumbuhan guaman undang perundangan akta rang enakmen ordinan
tindakan diambil bertindak penguatkuasaan menguatkuasakan dikuatkuasakan kuasa kuatkuasa pegawai pasukan ketua
memperoleh diperoleh perolehi memperolehi mempunyai kepunyaan milik hak-milik kepentingan berkepentingan
perjumpaan persidangan sidang-media media-sosial laporan melaporkan dilaporkan lapor
kebimbangan bimbang membimbangkan risau merisaukan takut-takut bahaya berbahaya merbahaya ancaman mengancam
berlaku berlakunya kejadian-itu terbabit membabitkan dibabitkan babit berjumlah bernilai dianggarkan anggaran menganggarkan
dijadualkan dijangkakan diumumkan pengumuman mengumumkan bermula-nya berakhir tamatnya
saya-punya kepunyaannya tuanpunya pemilik pemilik-nya peruncit pembekal pembekalan bekalan membekal dibekalkan bekal
perabot pejabatnya berpejabat beribu-ibu ibupejabat ibu-pejabat cawangan bahagian unit sektor
pengangkutan pengangkut lori van bot feri jeti stesen terminal stesyen tambang tiket-nya
merancang perancangan rancangan dirancang cadangan dicadangkan mencadangkan cadang
menyertai penyertaan peserta sertai disertai menyertainya turut
teruja terima-lah gembira sedih marah bangga
pandangan berpandangan pendapat berpendapat percaya dipercayai mempercayai
punyai bukanlah masih-lah sudahlah nescaya barangkali agaknya mungkin-lah entah
kesemua kesemuanya semuanya segala-galanya keseluruhan keseluruhannya
dua-dua kedua-dua ketiga-tiga kelima-lima beratus beribu berjuta berbilion berpuluh
sepanjang sebelum-ini sebelumnya terdahulu dahulu dahulunya baru-baru kelmarin tempoh-hari esoknya lusa malam-ini pagi-tadi
`;

/** Both standards use these, one of them far more. */
export const leansIndonesian = `
dari dapat akan hanya juga serta terhadap setelah hingga sampai lebih tahu sudah mulai saat seluruh sebuah menurut terkait
beberapa banyak tentang jadi memiliki sekitar merupakan masalah menggunakan digunakan gunakan sedang jika lain ingin saja
tapi tetapi namun maupun sehingga sangat para pun serta lalu tim kota ini-lah
`;
export const leansMalay = `
daripada boleh sebarang semasa selepas apabila supaya turut beliau sila perkara kerajaan mendapat sesuatu seorang
`;

/** Listed above for one standard, and everyday words of the other as well: they tell the pair, and nothing inside it. */
export const sharedAfterAll = `
pekerja pekerja-pekerja majikan permohonan pemohon memohon kelayakan ditahan menahan penahanan tahanan denda didakwa dakwaan
mendakwa mahkamah pejabat rawatan dirawat merawat mangsa parah pengalaman program pengguna pelayan kementerian pengesahan sah
disahkan mengesahkan masalah lulus ketua pihak kanak-kanak wang surat halaman telefon gambar buku cerita berita
pemimpin anggota rumah kapal buruh petani nelayan pasar sekadar segera jarang biasanya khususnya umumnya kemudian akhirnya
jumlah jenis bentuk lokasi mampu bergantung melakukan memerlukan diperlukan keperluan terletak maksud makna erti hadir kehadiran
latihan melatih dilatih izin wajib berhak kebebasan konflik insiden peristiwa kejadian virus kabel bukti bayar membayar dibayar
pembayaran ditangkap menangkap tipu menipu penipu penipuan ditipu mengaku diakui pengakuan tuduhan menuduh dituduh daftar
terdaftar pendaftaran mendaftar laporan melaporkan dilaporkan bahaya berbahaya ancaman mengancam takut tindakan bertindak milik
pertemuan ujian wanita bayi remaja abang kakak adik ayah januari jun rabu februari september oktober november barang
peserta penyertaan turut rancangan pendapat percaya keseluruhan ribuan jutaan ratusan puluhan selama tarikh masa waktu sebab
pertukaran tukar menukar ditukar aksara berlaku lapangan sepadan masuk sendiri mengesahkan menukar kunci senarai perlukan dahulu
asas sekali beberapa penyidikan kasar buka terima seorang tempat lain butiran
`;
