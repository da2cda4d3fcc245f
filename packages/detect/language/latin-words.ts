// Function words and common words of the other languages that are written in Latin letters here.
// Written for this project; words are facts.

export const english = `
the of and to in is that it for was on are as with his they at be this have from or had by not but what all were when we
there can an your which their said if do will each about how up out them then she many some so these would other into has
more her two like him see time could no make than first been its who now people my made over did down only way find use
may water long little very after words called just where most know get through back much before go good new write our me
man too any day same right look think also around another came come work three word must because does part even place well
such here take why things help put years different away again off went old number great tell men say small every found
still between name should home big give air line set own under read last never us left end along while might next sound
below saw something thought both few those always looked show large often together asked house don't world going want
you i he a job salary please free apply required experience hiring staff company contact send email website account
password click settings file open close save delete cancel error message update install page search browser enable
disable allow remove add select choose download link window tab security connection unable cannot are being
without within during since until however although though against among whether per via yes today tomorrow yesterday
i'm it's you're we're they're can't won't didn't doesn't isn't aren't wasn't couldn't wouldn't shouldn't i've we've let's
ok lor lah wat u ur r gonna wanna gotta txt msg pls thanks thank sorry love call later tonight dear hey hi hello
`;

export const filipino = `
ang ng mga sa na at ay para ito iyon kung hindi may mayroon wala walang kay kina ni nina si sina ako ikaw siya kami tayo
kayo sila ko mo niya namin natin ninyo nila akin iyo kanya amin atin inyo kanila ka po opo ho ba pa din rin lang lamang
naman nga daw raw kasi dahil upang habang nang noong kapag pag saan sino ano alin kailan paano bakit ilan magkano
gaano isang isa dalawa dalawang tatlo tatlong apat lima anim pito walo siyam sampu daan libo milyon taon buwan linggo araw
oras tao bata babae lalaki bahay trabaho pera sahod sweldo suweldo kumpanya kompanya opisina bansa pilipinas pilipino
maging magiging naging ginawa gawin ginagawa gumawa gumagawa gagawin sabi sinabi sinasabi nagsabi nagsasabi sabihin
mayroong meron merong kailangan dapat maaari maaaring pwede puwede gusto ayaw alam hanapin maghanap tingnan makita
nakita ibigay bigyan magbigay nagbibigay kunin kumuha kumukuha pumunta punta pupunta umalis dumating pagdating bumalik
balik magsimula simula matapos tapos huli una unang ikalawa bago bagong luma malaki maliit mabuti masama maganda pangit
mataas mababa marami maraming kaunti lahat bawat ilang iba ibang pareho kapwa mismo sarili kasama kasamang tulad gaya
katulad ayon tungkol hinggil laban mula hanggang pagitan loob labas ibabaw ilalim harap likod dito diyan doon nandito
nandiyan nandoon ngayon ngayong kahapon bukas mamaya kanina noon agad lagi palagi minsan madalas bihira muli ulit
pagkatapos samantala gayunman gayunpaman subalit ngunit pero kundi kaya kaya't bagaman kahit maliban sakali sana baka
siguro marahil talaga tunay totoo mali tama oo hindi wag huwag salamat pasensya paumanhin kumusta magandang umaga hapon
gabi tanghali ginoo ginang binibini kuya ate tatay nanay anak kapatid kaibigan asawa pamilya pulis pamahalaan gobyerno
pangulo batas lungsod bayan barangay lalawigan probinsya paaralan guro estudyante mag-aaral ospital gamot sasakyan daan
lugar pagkain tubig kanin bigas isda baboy manok gulay prutas damit sapatos telepono cellphone numero tawag tumawag
tawagan mensahe magpadala ipadala padala link i-click iclick pindutin buksan isara isave tanggalin burahin alisin
idagdag magdagdag baguhin palitan piliin pumili gamitin ginagamit paggamit gumamit gumagamit hanap paghahanap
pahina bintana tab file mga-file i-save i-download i-install i-update error babala mensahe account password
kumita kikitain kita kitaan libre libreng walang-bayad bayad magbayad binabayaran utang pautang nanalo panalo premyo
naka nasa nakapag pag-ibig mahal kita mahal-kita mahal-ko ikaw-ay sayo sakin samin satin nyo nya yung yun yan eto ganun
ganoon ganito ganyan kasi-naman naku sige teka tara uy hoy bes beshie lodi char grabe
`;

export const vietnamese = `
và của là có không được cho với các những một trong để này đã người khi đến từ ra về như nhưng cũng nên hay hoặc nếu thì
tôi bạn anh chị em ông bà chúng ta họ nó mình ai gì nào đâu sao bao nhiêu mấy rất lắm quá hơn nhất đang sẽ vẫn còn đều chỉ
mà lại vào lên xuống qua theo bằng tại trên dưới giữa trước sau bên ngoài việc làm công ty lương tháng năm ngày giờ phút
tuyển dụng nhân viên liên hệ miễn phí điện thoại số tài khoản ngân hàng chuyển tiền triệu nghìn đồng việt nam nhà nước
phải bị do vì bởi nhiều ít mọi mỗi từng cả hai ba bốn sáu bảy tám chín mười trăm nhà xe đường thành phố tỉnh huyện xã
khong duoc cua nguoi nhung viec lam cong ty luong thang tuyen dung lien he mien phi ngan hang tai khoan trieu dong
ban hay gui den so dien thoai nhan qua tang chuc mung trung thuong vay von lai suat nhanh goi ngay dang ky
`;

export const portuguese = `
o a os as um uma uns umas de do da dos das em no na nos nas por pelo pela pelos pelas para com sem sob sobre entre até
desde e ou mas porém nem que se como quando onde porque pois embora enquanto eu tu ele ela nós vós eles elas você vocês me
te lhe lhes meu minha meus minhas teu tua seu sua seus suas nosso nossa nossos nossas este esta estes estas esse essa
esses essas aquele aquela isto isso aquilo não sim muito muita muitos muitas pouco mais menos tão também já ainda sempre
nunca agora hoje ontem amanhã aqui ali lá ser é são era eram foi foram será serão sido estar está estão estava ter tem
têm tinha teve tido haver há houve fazer faz fez feito dizer disse ir vai vão pode podem poder deve devem quer querem
ano anos dia dias mês semana hora trabalho emprego salário empresa governo país cidade pessoas homem mulher vida mundo
primeiro segundo dois três quatro cinco seis sete oito nove dez cem mil milhões novo nova grande bom boa mesmo outro outra
outros outras cada todo toda todos todas qualquer algum alguma nenhum ficheiro janela separador página ligação palavra-passe
guardar eliminar cancelar abrir fechar procurar utilizador definições erro aviso transferir atualizar ativar desativar
permitir ao à aos às num numa dum duma através após antes depois contra durante segundo conforme
`;

export const tetum = `
iha ba no ho husi hosi ne'e nee ne'ebé neebe nebe ne'ebe sira katak mak atu nia nian sei la laiha laos la'ós maka ida rua
tolu haat lima neen hitu ualu sia sanulu atus rihun tinan fulan loron semana ohin aban horiseik agora ita ami imi ha'u
hau ó nia-an hodi hodi-ba tanba tan bele tenke presiza hakarak gosta hatene hatete dehan hateten halo halao hala'o hetan
fo fó simu haruka ba-mai mai tama sai sa'e tun tur hamriik la'o lao halai dukur han hemu ema feto mane labarik oan inan
aman maun alin biin belun uma dalan rai tasi foho bee ai manu ikan hahan osan folin serbisu traballu servisu servisu-fatin
eskola hanorin aprende estuda mestre profesór estudante governu ministru ministériu prezidente parlamentu lei polísia
tribunál tristeza kontente diak di'ak aat boot ki'ik kiik barak uitoan hotu hotu-hotu tomak seluk seluseluk mesak hamutuk
entaun maibé maibe ka ka-lae se karik wainhira bainhira oinsá oinsa saida sé nebe-de'it de'it deit nafatin sempre uluk ikus
foin foun tuan timor timor-leste timoroan lia lian tetun portugés naran nu'udar nudar hanesan liu liuliu tuir kona kona-ba
ba-nia rezultadu informasaun komunidade organizasaun populasaun situasaun desizaun nasaun nasionál internasionál
`;
