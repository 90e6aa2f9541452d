//! Keys of every kind, when they end, and what is chosen for their account.

use super::words;

words! {
    /// Keys of every kind, when they end, and what is chosen for their account.
    Keys {
        Kind: "Kind of key", "키 종류", "密钥类型", "キーの種類";
        LongLived: "Long-lived key", "장기 키", "长期密钥", "長期キー";
        Temporary: "Temporary key", "임시 키", "临时密钥", "一時キー";
        AuthToken: "Token of a signed-in user (X-Auth-Token)", "로그인 사용자의 토큰(X-Auth-Token)", "已登录用户的令牌（X-Auth-Token）", "サインイン済みユーザーのトークン（X-Auth-Token）";
        New: "Enter a new key", "새 키 입력", "输入新密钥", "新しいキーを入力";
        Token: "Security token", "보안 토큰", "安全令牌", "セキュリティトークン";
        TokenHint: "The third part of a temporary key; the vendor calls it security token or session token.", "임시 키의 세 번째 값으로, 공급사는 security token 또는 session token이라고 부릅니다.", "临时密钥的第三部分，厂商称为 security token 或 session token。", "一時キーの 3 つ目の値で、ベンダーは security token または session token と呼びます。";
        AuthTokenField: "X-Auth-Token", "X-Auth-Token", "X-Auth-Token", "X-Auth-Token";
        AuthTokenHint: "Huawei's IAM issues it for 24 hours; it is held no longer than that.", "화웨이 IAM이 발급하며 24시간 동안 유효합니다. 그보다 오래 보관하지 않습니다.", "由华为 IAM 签发，有效期 24 小时；保留时间不会超过此期限。", "Huawei の IAM が発行し、24 時間有効です。それより長くは保持しません。";
        ValidUntil: "Valid until (optional)", "유효 기한(선택)", "有效期至（可选）", "有効期限（任意）";
        ValidUntilHint: "As the vendor wrote it, such as 2026-11-21T18:00:00Z. Without a zone it is taken as UTC.", "공급사가 표기한 대로(예: 2026-11-21T18:00:00Z). 시간대가 없으면 UTC로 봅니다.", "按厂商的写法，如 2026-11-21T18:00:00Z；未注明时区则视为 UTC。", "ベンダーの表記のまま（例：2026-11-21T18:00:00Z）。タイムゾーンがなければ UTC とみなします。";
        BadTime: "“Valid until” is not a time we can read. Write it like 2026-11-21T18:00:00Z, or leave it empty.", "“유효 기한”을 읽을 수 없습니다. 2026-11-21T18:00:00Z처럼 쓰거나 비워 두세요.", "无法读取“有效期至”。请写成 2026-11-21T18:00:00Z 的形式，或留空。", "「有効期限」を読み取れません。2026-11-21T18:00:00Z のように書くか、空にしてください。";
        Over: "This key ended at {0}. Ask the vendor for a fresh one.", "이 키는 {0}에 만료되었습니다. 공급사에서 새로 발급받으세요.", "此密钥已于 {0} 过期，请向厂商重新获取。", "このキーの有効期限は {0} に切れました。ベンダーから新しく取得してください。";
        TokenMissing: "A temporary key of this cloud has a security token: fill it in, or choose “Long-lived key”.", "이 클라우드의 임시 키에는 보안 토큰이 있습니다. 입력하거나 “장기 키”를 고르세요.", "此云的临时密钥带有安全令牌：请填写，或选择“长期密钥”。", "このクラウドの一時キーにはセキュリティトークンがあります。入力するか「長期キー」を選んでください。";
        Ends: "The key of account “{0}” ends at {1}, in {2}.", "“{0}” 계정의 키는 {1}에 만료됩니다({2} 남음).", "账号“{0}”的密钥将于 {1} 过期，剩余 {2}。", "アカウント「{0}」のキーの有効期限は {1} に切れます（残り {2}）。";
        Ended: "The key of account “{0}” ended at {1}. Enter a fresh one.", "“{0}” 계정의 키는 {1}에 만료되었습니다. 새 키를 입력하세요.", "账号“{0}”的密钥已于 {1} 过期，请输入新的密钥。", "アカウント「{0}」のキーの有効期限は {1} に切れました。新しいキーを入力してください。";
        NoEnd: "no end is known", "만료 시각 알 수 없음", "过期时间未知", "有効期限は不明";
        Zone: "Times of “{0}” without a zone are in", "“{0}” 계정의 시간대 없는 시각에 적용할 시간대", "账号“{0}”中未注明时区的时间采用", "アカウント「{0}」のタイムゾーンのない時刻に使うタイムゾーン";
        ZoneAsFound: "as assumed or measured", "자동(가정 또는 측정)", "自动（假定或测得）", "自動（仮定または測定）";
        ZoneAbout: "Some vendors write times without a zone. The choice holds for this account on this device.", "일부 공급사는 시간대 없이 시각을 씁니다. 선택은 이 기기에서 이 계정에 적용됩니다.", "部分厂商的时间不带时区。此选择在本设备上对该账号生效。", "タイムゾーンのない時刻を書くベンダーがあります。選択はこの端末でこのアカウントに適用されます。";
        ZonesKept: "The saved choices of zones could not be read. They are kept aside.", "저장된 시간대 선택을 읽을 수 없어 따로 보관했습니다.", "无法读取已保存的时区选择，已另行保留。", "保存済みのタイムゾーンの選択を読み取れず、別に保管しました。";
    }
}
