// The words people put around numbers, in the languages of the region: what makes a row of digits a phone or a price.

/** Before a phone number. */
export const phoneWords =
  /(?:phone|mobile|cell|tel|telp|telpon|telepon|telefon|telefone|hotline|call|calls|ring|text|txt|sms|dial|contact|hp|no\.? ?hp|kontak|hubungi|hub|whatsapp|whatsap|wa|viber|zalo|signal|telegram|tg|imo|โทรศัพท์|โทร|เบอร์|มือถือ|ติดต่อ|ສາຍດ່ວນ|ໂທ|ເບີ|ຕິດຕໍ່|ទូរស័ព្ទ|ទូរសព្ទ|លេខ|ទាក់ទង|ទំនាក់ទំនង|ဖုန်း|ဆက်သွယ်|điện thoại|số máy|sđt|sdt|đt|dt|liên hệ|gọi|hotline|tawag|tawagan|numero|number|celular|ligue|电话|電話|手机|手機|联系|聯繫|热线|致电|தொலைபேசி|அழைக்க|கைபேசி)[\s:：.()/#=-]{0,4}(?:no|nos|number|me|us|now|nomor|nombor|ke|di|at|on|số|ที่|เบอร์|หมายเลข|លេខ)?[\s:：.()/#=+-]{0,4}$/iu;

/** Before a number that names an order, a parcel, a request, a code: never a phone. */
export const orderWords =
  /(?:order|ref|reference|invoice|inv|receipt|booking|ticket|tracking|awb|parcel|shipment|sku|item|model|serial|otp|pin|code|id|job ?id|case|claim|customer|user|member|policy|meter|iso|isbn|พัสดุ|พัศดุ|รหัส|เลขที่|เลขอ้างอิง|ใบเสร็จ|ใบสั่งซื้อ|คำสั่งซื้อ|คำขอ|ลูกค้า|สมาชิก|pesanan|resi|faktur|kode|nota|invois|pelanggan|mã|đơn hàng|vận đơn|hóa đơn|លេខកូដ|កញ្ចប់|ລະຫັດ|ကုဒ်|订单|單號|单号|快递|编号|验证码|驗證碼|பதிவு)[\s:：.#=_-]{0,3}(?:no|nos|number|num|id|code|nomor|nombor|số|หมายเลข|เลขที่)?[\s:：.#=_-]{0,3}$/iu;

/** Before a bank account number: words that can mean nothing else when digits follow. */
export const accountWords =
  /(?:(?<!\p{Script=Latin})(?:account|acct|acc|a\/c|iban|rekening|norek|no\.? ?rek|rek|akaun|no\.? ?akaun|số tài khoản|tài khoản|stk|conta(?:\s?(?:bancária|n\.?º?|no))?)(?!\p{Script=Latin})|เลขที่บัญชี|เลขบัญชี|บัญชี|บช\.?|គណនី|ບັນຊີ|အကောင့်|账号|帐号|賬號|账户|帐户|卡号|银行卡|வங்கி கணக்கு|கணக்கு)/giu;

/** A bank, a transfer: makes a bank's name beside digits sure, but not digits alone. */
export const bankWords =
  /(?:(?<!\p{Script=Latin})(?:bank|transfer(?:red)?|tf|trf|deposit|top ?up|send|sent|pay|ngân hàng|chuyển khoản|ck|kirim|bayar|hantar|padala|ipadala)(?!\p{Script=Latin})|ธนาคาร|โอน|พร้อมเพย์|ធនាគារ|ផ្ទេរ|ທະນາຄານ|ໂອນ|ဘဏ်|လွှဲ|银行|汇款|转账|வங்கி)/giu;

/** Money stands before it, or a unit after it. */
export const moneyBefore =
  /(?:[$€£¥฿₫₱₭៛₹]|\b(?:rp|rm|usd|usdt|sgd|thb|php|idr|vnd|myr|mmk|khr|lak|hkd|cny|rmb|ntd|twd|inr|rs)\.?)\s?$/i;
export const unitAfter =
  /^[\s,.+-]{0,2}(?:[%$€£¥฿₫₱₭៛₹]|(?:baht|usd|usdt|rupiah|ribu|juta|jt|k|rb|tr|triệu|nghìn|đồng|vnd|vnđ|đ|pesos?|piso|php|ringgit|riel|kip|kyats?|ks|dollars?|points?|coins?|gb|mb|kb|kg|km|cm|mm|ml|hours?|hrs?|years?|yrs?|days?|months?|minutes|mins?|people|persons|pax|am|pm|rows?)\b|บาท|บ\.|บ(?=[\s/]|$)|ชม|ชั่วโมง|วัน|นาที|คน|คะแนน|แต้ม|ล้าน|รางวัล|រៀល|ដុល្លារ|ກີບ|ကျပ်|元|块|塊|万|萬|人民币|円|人|天|年|月|日|号|號|点|小时|ரூபாய்)/iu;
