//! What leaves this browser, what was agreed to, and how to get a key that is fit for it.

use super::words;

words! {
    /// What leaves this browser, what was agreed to, and how to get a key that is fit for it.
    Leaves {
        Title: "What leaves this browser", "이 브라우저에서 나가는 것", "离开此浏览器的内容", "このブラウザーから送られるもの";
        Proxy: "Every call goes through the proxy {0}, to these addresses and no others:", "모든 호출은 {0} 프록시를 거쳐 다음 주소로만 갑니다.", "所有调用均经代理 {0} 发往以下地址，别无其他：", "すべての呼び出しはプロキシ {0} を通り、次のアドレスにのみ送られます：";
        Call: "{0} at {1}", "{1}의 {0}", "{1} 的 {0}", "{1} の {0}";
        Poll: "every 10 seconds while an operation goes on, else every 1 to 5 minutes", "작업 중에는 10초마다, 그 외에는 1~5분마다", "操作进行中每 10 秒，其余每 1 至 5 分钟", "作業中は 10 秒ごと、それ以外は 1～5 分ごと";
        Supplement: "now and then, for names, versions and zones", "이름, 버전, 시간대를 위해 가끔", "偶尔，用于名称、版本和时区", "名前、バージョン、タイムゾーンのために時々";
        Click: "only when you press a button for it", "해당 버튼을 누를 때만", "仅在点击相应按钮时", "該当するボタンを押したときのみ";
        KeyNcp: "Of the key, its id (x-ncp-iam-access-key) and a signature that is good for 5 minutes (x-ncp-apigw-signature-v2) go along. The secret never leaves this browser.", "키에서는 키 ID(x-ncp-iam-access-key)와 5분간 유효한 서명(x-ncp-apigw-signature-v2)만 전송됩니다. 비밀 키는 이 브라우저를 떠나지 않습니다.", "密钥中仅发送其 ID（x-ncp-iam-access-key）和有效期 5 分钟的签名（x-ncp-apigw-signature-v2）。密钥本身绝不离开此浏览器。", "キーのうち送られるのは ID（x-ncp-iam-access-key）と 5 分間有効な署名（x-ncp-apigw-signature-v2）のみです。シークレットはこのブラウザーの外に出ません。";
        KeyHuawei: "Of the key, its id and a signature that is good for 15 minutes go along (authorization), and the token of a temporary key (x-security-token). The secret never leaves this browser. An X-Auth-Token goes along as it is.", "키에서는 키 ID와 15분간 유효한 서명(authorization), 임시 키의 토큰(x-security-token)만 전송됩니다. 비밀 키는 이 브라우저를 떠나지 않습니다. X-Auth-Token은 그대로 전송됩니다.", "密钥中仅发送其 ID 和有效期 15 分钟的签名（authorization），以及临时密钥的令牌（x-security-token）。密钥本身绝不离开此浏览器。X-Auth-Token 会原样发送。", "キーのうち送られるのは ID と 15 分間有効な署名（authorization）、一時キーのトークン（x-security-token）のみです。シークレットはこのブラウザーの外に出ません。X-Auth-Token はそのまま送られます。";
        KeyAlibaba: "Of the key, its id and a signature that is good for 15 minutes go along (authorization), and the token of a temporary key (x-acs-security-token). The secret never leaves this browser.", "키에서는 키 ID와 15분간 유효한 서명(authorization), 임시 키의 토큰(x-acs-security-token)만 전송됩니다. 비밀 키는 이 브라우저를 떠나지 않습니다.", "密钥中仅发送其 ID 和有效期 15 分钟的签名（authorization），以及临时密钥的令牌（x-acs-security-token）。密钥本身绝不离开此浏览器。", "キーのうち送られるのは ID と 15 分間有効な署名（authorization）、一時キーのトークン（x-acs-security-token）のみです。シークレットはこのブラウザーの外に出ません。";
        PolicyTitle: "What the key has to be allowed", "키에 필요한 권한", "密钥所需的权限", "キーに必要な権限";
        PolicyNcp: "NAVER Cloud publishes no names of Sub Account permissions for these calls. Give the sub account read (view) access to the service and nothing more; if it is bound to source addresses, the proxy's address has to be among them.", "네이버 클라우드는 이 호출들의 Sub Account 권한 이름을 공개하지 않습니다. 서브 계정에 해당 서비스의 조회(View) 권한만 부여하세요. 허용 IP를 제한했다면 프록시의 주소도 포함해야 합니다.", "NAVER Cloud 未公布这些调用的 Sub Account 权限名称。请仅为子账号授予该服务的查看权限；若限制来源地址，须包含代理的地址。", "NAVER Cloud はこれらの呼び出しの Sub Account の権限名を公開していません。サブアカウントには該当サービスの参照権限のみを与えてください。送信元アドレスを制限する場合は、プロキシのアドレスも含める必要があります。";
        PolicyHuawei: "A custom identity policy of Huawei's IAM that allows the calls of this page and no others:", "이 페이지의 호출만 허용하는 화웨이 IAM 사용자 지정 자격 증명 정책:", "仅允许此页面调用的华为 IAM 自定义身份策略：", "このページの呼び出しのみを許可する Huawei IAM のカスタム ID ポリシー：";
        PolicyAlibaba: "A custom policy of Alibaba's RAM that allows the calls of this page and no others:", "이 페이지의 호출만 허용하는 알리바바 RAM 사용자 지정 정책:", "仅允许此页面调用的阿里云 RAM 自定义策略：", "このページの呼び出しのみを許可する Alibaba RAM のカスタムポリシー：";
        Unconfirmed: "Not confirmed by the vendor's pages: {0}. If the console refuses the document, attach {1}, which also only reads.", "공급사 문서로 확인되지 않음: {0}. 콘솔이 문서를 거부하면 마찬가지로 읽기 전용인 {1}을(를) 연결하세요.", "未经厂商文档确认：{0}。若控制台拒绝此文档，请附加同为只读的 {1}。", "ベンダーの文書では未確認：{0}。コンソールが拒否する場合は、同じく読み取り専用の {1} を割り当ててください。";
        CopyPolicy: "Copy the policy", "정책 복사", "复制策略", "ポリシーをコピー";
        NotAgreed: "Asking with the account “{0}” through {1} was not agreed to yet.", "{1}을(를) 통해 “{0}” 계정으로 조회하는 것에 아직 동의하지 않았습니다.", "尚未同意通过 {1} 使用账号“{0}”查询。", "{1} を通じてアカウント「{0}」で問い合わせることに、まだ同意していません。";
        NotAgreedDo: "The proxy's address or the vendor's host is another one than before. Look at what would leave this browser, then agree or leave it.", "프록시 주소나 공급사 호스트가 이전과 다릅니다. 무엇이 나가는지 확인한 뒤 동의하거나 그대로 두세요.", "代理地址或厂商主机与之前不同。请先查看会离开此浏览器的内容，再决定是否同意。", "プロキシのアドレスまたはベンダーのホストが以前と異なります。何が送られるかを確認してから、同意するか、そのままにしてください。";
        NotAgreedShort: "waits for your agreement", "동의 대기 중", "等待你同意", "同意待ち";
        Agree: "Ask with the account “{0}” through this proxy", "이 프록시로 “{0}” 계정 조회", "通过此代理使用账号“{0}”查询", "このプロキシでアカウント「{0}」を使って問い合わせる";
        UseHeld: "Use the key “{0}”", "“{0}” 키 사용", "使用密钥“{0}”", "キー「{0}」を使う";
        TemporaryNcp: "A temporary key ends by itself, so a lost one does little harm. NAVER's STS issues it: POST /api/v1/credentials at sts.apigw.ntruss.com, for 10 minutes to 12 hours.", "임시 키는 스스로 만료되어 유출되어도 피해가 적습니다. 네이버 STS가 발급합니다: sts.apigw.ntruss.com의 POST /api/v1/credentials, 10분~12시간.", "临时密钥会自动过期，即使泄露危害也小。由 NAVER STS 签发：sts.apigw.ntruss.com 的 POST /api/v1/credentials，有效 10 分钟至 12 小时。", "一時キーは自動的に失効するため、漏れても被害は小さくなります。NAVER の STS が発行します：sts.apigw.ntruss.com の POST /api/v1/credentials、10 分～12 時間。";
        TemporaryHuawei: "A temporary key ends by itself, so a lost one does little harm. Huawei's IAM issues it: POST /v3.0/OS-CREDENTIAL/securitytokens, for 15 minutes to 24 hours.", "임시 키는 스스로 만료되어 유출되어도 피해가 적습니다. 화웨이 IAM이 발급합니다: POST /v3.0/OS-CREDENTIAL/securitytokens, 15분~24시간.", "临时密钥会自动过期，即使泄露危害也小。由华为 IAM 签发：POST /v3.0/OS-CREDENTIAL/securitytokens，有效 15 分钟至 24 小时。", "一時キーは自動的に失効するため、漏れても被害は小さくなります。Huawei の IAM が発行します：POST /v3.0/OS-CREDENTIAL/securitytokens、15 分～24 時間。";
        TemporaryAlibaba: "A temporary key ends by itself, so a lost one does little harm. Alibaba's STS issues it for a role: aliyun sts AssumeRole --RoleArn … --RoleSessionName rollwatch.", "임시 키는 스스로 만료되어 유출되어도 피해가 적습니다. 알리바바 STS가 역할에 대해 발급합니다: aliyun sts AssumeRole --RoleArn … --RoleSessionName rollwatch.", "临时密钥会自动过期，即使泄露危害也小。由阿里云 STS 为角色签发：aliyun sts AssumeRole --RoleArn … --RoleSessionName rollwatch。", "一時キーは自動的に失効するため、漏れても被害は小さくなります。Alibaba の STS がロールに発行します：aliyun sts AssumeRole --RoleArn … --RoleSessionName rollwatch。";
        EndsIn: "valid for {0}, until {1}", "{0} 남음, {1}까지 유효", "剩余 {0}，有效期至 {1}", "残り {0}、{1} まで有効";
        CardEndsIn: "key ends in {0}", "키 만료까지 {0}", "密钥剩余 {0}", "キーの期限まで {0}";
        Fresh: "Enter a fresh key", "새 키 입력", "输入新的密钥", "新しいキーを入力";
    }
}
