//! The connection doctor: its buttons, its hops, and the evidence.

use super::words;

words! {
    /// The connection doctor: its buttons, its hops, and the evidence.
    Doctor {
        Title: "Connection, hop by hop", "연결 점검(구간별)", "逐段检查连接", "接続の区間ごとの確認";
        Check: "Check the connection", "연결 점검", "检查连接", "接続を確認";
        CheckWith: "Check the connection with the key “{0}”", "“{0}” 키로 연결 점검", "使用密钥“{0}”检查连接", "キー「{0}」で接続を確認";
        About: "Asks the proxy, then the vendor without a key, then the vendor with the key “{0}”: at most four signed calls, all of which only read.", "프록시, 키 없이 공급사, “{0}” 키로 공급사 순서로 조회합니다. 서명한 호출은 최대 네 번이며 모두 읽기만 합니다.", "依次查询代理、不带密钥的厂商、使用密钥“{0}”的厂商：签名调用最多四次，且均为只读。", "プロキシ、キーなしのベンダー、キー「{0}」でのベンダーの順に問い合わせます。署名付きの呼び出しは最大 4 回で、すべて読み取りのみです。";
        AboutForm: "Asks the proxy, then the vendor without a key, then the vendor with the key of this form: at most four signed calls, all of which only read.", "프록시, 키 없이 공급사, 이 양식의 키로 공급사 순서로 조회합니다. 서명한 호출은 최대 네 번이며 모두 읽기만 합니다.", "依次查询代理、不带密钥的厂商、使用此表单密钥的厂商：签名调用最多四次，且均为只读。", "プロキシ、キーなしのベンダー、このフォームのキーでのベンダーの順に問い合わせます。署名付きの呼び出しは最大 4 回で、すべて読み取りのみです。";
        Checking: "Checking…", "점검 중…", "正在检查…", "確認中…";
        Cluster: "Cluster to ask about", "조회할 클러스터", "要查询的集群", "問い合わせるクラスター";
        Works: "The connection works: the vendor has answered about the cluster.", "연결이 정상입니다. 공급사가 클러스터에 대해 응답했습니다.", "连接正常：厂商已就该集群作出响应。", "接続は正常です。ベンダーがクラスターについて応答しました。";
        WorksBut: "The connection works, but: {0}", "연결은 되지만 다음 문제가 있습니다. {0}", "连接可用，但：{0}", "接続はできていますが、次の問題があります：{0}";
        EndsAt: "The way ends at: {0}", "막힌 구간: {0}", "中断于：{0}", "途切れた区間：{0}";
        Good: "good", "정상", "正常", "正常";
        Odd: "look here", "확인 필요", "需留意", "要確認";
        Bad: "the way ends here", "여기서 막힘", "在此中断", "ここで途切れています";
        NotReached: "not reached", "도달하지 못함", "未到达", "未到達";
        HopPage: "This page", "이 페이지", "此页面", "このページ";
        HopProxy: "Proxy", "프록시", "代理", "プロキシ";
        HopVendor: "Vendor", "공급사", "厂商", "ベンダー";
        HopClock: "Clock", "시계", "时钟", "時計";
        HopSignature: "Signature", "서명", "签名", "署名";
        HopPermission: "Permission", "권한", "权限", "権限";
        HopCluster: "Cluster", "클러스터", "集群", "クラスター";
        TriedPage: "The page {0} asks the proxy {1}.", "{0} 페이지가 {1} 프록시에 조회합니다.", "页面 {0} 查询代理 {1}。", "ページ {0} がプロキシ {1} に問い合わせます。";
        TriedProxy: "GET {0}, which the proxy must refuse by itself", "프록시가 스스로 거부해야 하는 GET {0}", "GET {0}，代理应自行拒绝", "GET {0}（プロキシ自身が拒否するはずの呼び出し）";
        TriedVendor: "{0} at {1}, without a key", "{1}의 {0}, 키 없이", "{1} 的 {0}，不带密钥", "{1} の {0}、キーなし";
        TriedClock: "The dates of the answers against this device's clock", "응답의 날짜와 이 기기의 시계 비교", "将响应中的日期与本设备时钟比较", "応答の日付とこの端末の時計の比較";
        TriedSignature: "The same call, signed", "같은 호출에 서명", "同一调用，带签名", "同じ呼び出しに署名";
        TriedTwice: "The same call, signed twice, then with the vendor's time", "같은 호출에 두 번 서명, 두 번째는 공급사 시각", "同一调用，签名两次，第二次采用厂商时间", "同じ呼び出しに 2 回署名（2 回目はベンダーの時刻）";
        TriedPermission: "Whether this key may make the call", "이 키로 호출할 수 있는지", "此密钥能否进行该调用", "このキーで呼び出せるか";
        TriedCluster: "What is known of the cluster {0} in {1}", "{1}의 클러스터 {0} 정보", "{1} 中集群 {0} 的信息", "{1} のクラスター {0} の情報";
        ProxyReason: "the proxy says: {0}", "프록시 응답: {0}", "代理返回：{0}", "プロキシの応答：{0}";
        NoReason: "without the proxy's own mark", "프록시 고유 표시 없음", "没有代理自身的标记", "プロキシ固有の印なし";
        Heard: "something answers at {0}", "{0}에서 무언가 응답함", "{0} 有响应", "{0} から何らかの応答あり";
        NotHeard: "nothing answers at {0}", "{0}에서 응답 없음", "{0} 没有响应", "{0} から応答なし";
        NoAnswer: "no answer", "응답 없음", "没有响应", "応答なし";
        BrokeOff: "the answer broke off", "응답이 도중에 끊김", "响应中途中断", "応答が途中で途切れた";
        WaitFor: "asks to wait {0} s", "{0}초 대기 요청", "要求等待 {0} 秒", "{0} 秒の待機を要求";
        Took: "{0} ms", "{0}ms", "{0} 毫秒", "{0} ms";
        VendorClock: "vendor's clock against this device's: {0} s", "이 기기 대비 공급사 시계: {0}초", "厂商时钟相对本设备：{0} 秒", "この端末に対するベンダーの時計：{0} 秒";
        Tolerance: "the vendor accepts ±{0} s", "공급사 허용 범위 ±{0}초", "厂商允许 ±{0} 秒", "ベンダーの許容範囲 ±{0} 秒";
        LocalNetwork: "browser's permission for the local network: {0}", "브라우저의 로컬 네트워크 권한: {0}", "浏览器的本地网络权限：{0}", "ブラウザーのローカルネットワークの権限：{0}";
        Forbidden: "the browser says: not allowed by this page's content security policy", "브라우저 보고: 이 페이지의 콘텐츠 보안 정책(CSP)이 허용하지 않음", "浏览器报告：此页面的内容安全策略不允许", "ブラウザーの報告：このページのコンテンツセキュリティポリシーが許可していない";
        Granted: "given", "허용됨", "已允许", "許可";
        Denied: "denied", "거부됨", "已拒绝", "拒否";
        NotAsked: "not asked or not answered", "요청하지 않았거나 응답 없음", "未询问或未答复", "未確認または未回答";
        Needs: "needs {0}", "{0} 필요", "需要 {0}", "{0} が必要";
        NeedsLikely: "needs {0} (our guess by the vendor's naming)", "{0} 필요(공급사 명명 규칙에 따른 추정)", "需要 {0}（按厂商命名规则推测）", "{0} が必要（ベンダーの命名規則による推測）";
        NeedsUnnamed: "the vendor publishes no name for the permission", "공급사가 권한 이름을 공개하지 않음", "厂商未公布该权限的名称", "ベンダーは権限の名前を公開していません";
        InList: "the account's list has it", "계정 목록에 있음", "账号列表中有此集群", "アカウントの一覧にあり";
        NotInList: "not among the {0} clusters that the account's list begins with", "계정 목록의 처음 {0}개 클러스터에 없음", "不在账号列表的前 {0} 个集群中", "アカウントの一覧の先頭 {0} 件のクラスターになし";
        NoList: "the list was refused", "목록 조회 거부됨", "列表查询被拒绝", "一覧は拒否されました";
        Copy: "Copy the report", "보고서 복사", "复制报告", "レポートをコピー";
        Copied: "Copied", "복사됨", "已复制", "コピーしました";
        CopyFailed: "The browser did not allow copying: open the report and select it.", "브라우저가 복사를 허용하지 않았습니다. 보고서를 열어 선택하세요.", "浏览器不允许复制：请展开报告后选择文本。", "コピーできませんでした。レポートを開いて選択してください。";
        Show: "Show the report", "보고서 보기", "显示报告", "レポートを表示";
        InReport: "The report holds the cluster's id, the addresses and the vendor's words. It holds no key, key id, token, signature or account name.", "보고서에는 클러스터 ID, 주소, 공급사의 메시지가 있습니다. 키, 키 ID, 토큰, 서명, 계정 이름은 없습니다.", "报告包含集群 ID、地址和厂商的信息，不包含密钥、密钥 ID、令牌、签名或账号名称。", "レポートにはクラスター ID、アドレス、ベンダーのメッセージが含まれます。キー、キー ID、トークン、署名、アカウント名は含まれません。";
        ReportTitle: "Rollwatch connection report", "Rollwatch 연결 보고서", "Rollwatch 连接报告", "Rollwatch 接続レポート";
        ReportMade: "{0}, Rollwatch {1}, {2}", "{0}, Rollwatch {1}, {2}", "{0}，Rollwatch {1}，{2}", "{0}、Rollwatch {1}、{2}";
        ReportAbout: "{0} · {1} · {2} · cluster {3}", "{0} · {1} · {2} · 클러스터 {3}", "{0} · {1} · {2} · 集群 {3}", "{0} · {1} · {2} · クラスター {3}";
        ReportFix: "Do: {0}", "조치: {0}", "处理：{0}", "対処：{0}";
    }
}
