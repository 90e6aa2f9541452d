//! Why we cannot see, and what to do: one pair for each kind of failure.

use super::words;

words! {
    /// Why we cannot see, and what to do.
    Errors {
        Signature: "The vendor computed another signature.", "공급사가 계산한 서명과 다릅니다.", "厂商计算的签名不一致。", "ベンダーの計算した署名と一致しません。";
        SignatureDo: "Check the access key, its secret and its site, and enter them again.", "액세스 키와 비밀 키, 사이트를 확인하고 다시 입력하세요.", "请检查访问密钥、密钥及其站点，然后重新输入。", "アクセスキーとシークレットキー、サイトを確認し、入力し直してください。";
        Clock: "The vendor's clock and this device's clock differ too much.", "공급사와 이 기기의 시계 차이가 너무 큽니다.", "厂商时钟与本设备时钟相差过大。", "ベンダーとこの端末の時計の差が大きすぎます。";
        ClockDo: "Set this device's clock; the measured difference is used for the next try.", "이 기기의 시계를 맞추세요. 다음 시도에는 측정한 차이를 반영합니다.", "请校准本设备时钟；下次尝试会采用测得的差值。", "端末の時計を合わせてください。次の試行では測定した差を使います。";
        ClockAhead: "The vendor's clock is {0} ahead of this device's; requests are signed in its time.", "공급사 시계가 이 기기보다 {0} 빠릅니다. 요청은 공급사 시각으로 서명합니다.", "厂商时钟比本设备快 {0}；请求按厂商时间签名。", "ベンダーの時計はこの端末より {0} 進んでいます。要求はベンダーの時刻で署名します。";
        ClockBehind: "The vendor's clock is {0} behind this device's; requests are signed in its time.", "공급사 시계가 이 기기보다 {0} 느립니다. 요청은 공급사 시각으로 서명합니다.", "厂商时钟比本设备慢 {0}；请求按厂商时间签名。", "ベンダーの時計はこの端末より {0} 遅れています。要求はベンダーの時刻で署名します。";
        KeyUnknown: "The vendor does not know this access key, or has locked it.", "공급사가 이 액세스 키를 모르거나 잠갔습니다.", "厂商不认识此访问密钥，或已将其锁定。", "このアクセスキーは存在しないか、ロックされています。";
        KeyUnknownDo: "Check the access key and its site; a locked key opens again after five minutes.", "액세스 키와 사이트를 확인하세요. 잠긴 키는 5분 뒤 풀립니다.", "请检查访问密钥及其站点；被锁定的密钥五分钟后恢复。", "アクセスキーとサイトを確認してください。ロックは 5 分後に解除されます。";
        KeyExpired: "The temporary key has expired.", "임시 키가 만료되었습니다.", "临时密钥已过期。", "一時キーの有効期限が切れました。";
        KeyExpiredDo: "Enter a fresh temporary key; what you watch stays.", "새 임시 키를 입력하세요. 보고 있던 항목은 유지됩니다.", "请输入新的临时密钥；监看内容会保留。", "新しい一時キーを入力してください。監視対象は残ります。";
        Permission: "The key may not make this call.", "이 키에는 이 호출의 권한이 없습니다.", "此密钥无权进行该调用。", "このキーにはこの呼び出しの権限がありません。";
        PermissionDo: "Ask the account's owner for read access to this service.", "계정 소유자에게 이 서비스의 읽기 권한을 요청하세요.", "请向账号所有者申请该服务的只读权限。", "アカウント所有者にこのサービスの読み取り権限を依頼してください。";
        NotFound: "The vendor knows no such cluster for this key.", "이 키로는 그런 클러스터를 찾을 수 없습니다.", "该密钥下没有此集群。", "このキーではそのクラスターが見つかりません。";
        NotFoundDo: "Check the cluster id, the region and the site, and that the key may read it.", "클러스터 ID, 리전, 사이트와 키의 읽기 권한을 확인하세요.", "请检查集群 ID、区域、站点和密钥的读取权限。", "クラスター ID、リージョン、サイトと、キーの読み取り権限を確認してください。";
        Throttled: "The vendor asks us to slow down.", "공급사가 속도를 늦추라고 합니다.", "厂商要求降低请求频率。", "ベンダーが要求を控えるよう求めています。";
        ThrottledDo: "Nothing to do: we wait as long as it asked.", "할 일은 없습니다. 요청한 만큼 기다립니다.", "无需处理：我们会按要求等待。", "対応は不要です。求められた時間だけ待ちます。";
        Refused: "The vendor refused the request.", "공급사가 요청을 거부했습니다.", "厂商拒绝了请求。", "ベンダーが要求を拒否しました。";
        RefusedDo: "Read the vendor's own message below.", "아래 공급사의 메시지를 확인하세요.", "请查看下方厂商的原始信息。", "下のベンダーのメッセージを確認してください。";
        VendorDown: "The vendor failed or answered with something that is not its API.", "공급사에 장애가 있거나 API가 아닌 응답을 보냈습니다.", "厂商故障，或返回了并非其 API 的内容。", "ベンダー側の障害か、API ではない応答です。";
        VendorDownDo: "Nothing to do: we keep trying. See the vendor's status page.", "할 일은 없습니다. 계속 시도합니다. 공급사 상태 페이지를 확인하세요.", "无需处理：会持续重试。可查看厂商状态页。", "対応は不要です。試行を続けます。ベンダーの状態ページを確認してください。";
        ProxyRefused: "The proxy refused to forward this request.", "프록시가 이 요청의 전달을 거부했습니다.", "代理拒绝转发此请求。", "プロキシがこの要求の転送を拒否しました。";
        ProxyRefusedDo: "Ask whoever runs the proxy to allow this page and this region.", "프록시 운영자에게 이 페이지와 리전의 허용을 요청하세요.", "请让代理的管理者允许此页面和此区域。", "プロキシの管理者に、このページとリージョンの許可を依頼してください。";
        ProxyBusy: "The proxy has too many requests now.", "프록시에 지금 요청이 너무 많습니다.", "代理当前请求过多。", "プロキシへの要求が現在多すぎます。";
        ProxyBusyDo: "Nothing to do: we ask again when it said. If this stays, ask whoever runs the proxy for higher limits.", "할 일은 없습니다. 프록시가 알려 준 시각에 다시 요청합니다. 계속되면 프록시 운영자에게 한도를 높여 달라고 요청하세요.", "无需处理：会在代理告知的时间后重试。若持续出现，请让代理的管理者提高限额。", "対応は不要です。プロキシが示した時間の後に再試行します。続く場合は、プロキシの管理者に上限の引き上げを依頼してください。";
        VendorUnreachable: "The proxy could not reach the vendor.", "프록시가 공급사에 연결하지 못했습니다.", "代理无法连接厂商。", "プロキシがベンダーに接続できません。";
        VendorUnreachableDo: "Nothing to do here: check the proxy's own network.", "여기서 할 일은 없습니다. 프록시의 네트워크를 확인하세요.", "此处无需处理：请检查代理自身的网络。", "ここでの対応は不要です。プロキシのネットワークを確認してください。";
        ProxyUnreachable: "Nothing answers at the proxy's address.", "프록시 주소에서 응답이 없습니다.", "代理地址没有响应。", "プロキシのアドレスから応答がありません。";
        ProxyUnreachableDo: "Start the proxy, check your network, and that the proxy allows this page's origin.", "프록시를 시작하고, 네트워크와 이 페이지의 출처 허용 여부를 확인하세요.", "请启动代理，检查网络，并确认代理允许此页面的来源。", "プロキシを起動し、ネットワークと、このページのオリジンの許可を確認してください。";
        Timeout: "No answer in time.", "제시간에 응답이 없습니다.", "未在规定时间内响应。", "時間内に応答がありません。";
        TimeoutDo: "Nothing to do: we keep trying.", "할 일은 없습니다. 계속 시도합니다.", "无需处理：会持续重试。", "対応は不要です。試行を続けます。";
        BrokenOff: "The answer broke off on its way.", "응답이 전송 도중에 끊겼습니다.", "响应在传输途中中断。", "応答が途中で途切れました。";
        BrokenOffDo: "Nothing to do: we keep trying. If this stays, check the connection, and ask whoever runs the proxy what its log says.", "할 일은 없습니다. 계속 시도합니다. 계속되면 연결을 확인하고 프록시 운영자에게 로그를 확인해 달라고 하세요.", "无需处理：会持续重试。若持续出现，请检查网络连接，并请代理的管理者查看其日志。", "対応は不要です。試行を続けます。続く場合は接続を確認し、プロキシの管理者にログの確認を依頼してください。";
        Malformed: "The answer could not be understood.", "응답을 이해할 수 없습니다.", "无法理解响应。", "応答を理解できません。";
        MalformedDo: "Look at the raw answer; please report it, without its ids.", "원본 응답을 확인하고, ID를 지운 뒤 알려 주세요.", "请查看原始响应，去除 ID 后反馈给我们。", "生の応答を確認し、ID を除いて報告してください。";
        BadWatch: "This cluster cannot be asked about: {0} is not usable.", "이 클러스터를 조회할 수 없습니다: {0} 값을 사용할 수 없습니다.", "无法查询此集群：{0} 无效。", "このクラスターは照会できません：{0} が使えません。";
        BadWatchDo: "Remove it and add it again with the id that the vendor's console shows.", "삭제한 뒤 공급사 콘솔에 표시된 ID로 다시 추가하세요.", "请删除后，用厂商控制台显示的 ID 重新添加。", "削除し、ベンダーのコンソールに表示される ID で追加し直してください。";
        Silent: "No answer since {0}: this device slept, or the browser suspended the page.", "{0} 이후 응답 없음: 기기가 절전 상태였거나 브라우저가 페이지를 일시 중지했습니다.", "自 {0} 起没有响应：本设备曾休眠，或浏览器挂起了页面。", "{0} から応答がありません：端末がスリープしていたか、ブラウザーがページを停止していました。";
        SilentDo: "Asking again now.", "지금 다시 조회합니다.", "正在重新查询。", "今、問い合わせ直しています。";
        NoKey: "No key for this account is in memory.", "이 계정의 키가 메모리에 없습니다.", "内存中没有此账号的密钥。", "このアカウントのキーがメモリにありません。";
        NoKeyDo: "Enter a key with read access; it stays in this tab's memory unless you remember it.", "읽기 권한이 있는 키를 입력하세요. 저장하지 않으면 이 탭의 메모리에만 보관됩니다.", "请输入具有只读权限的密钥；除非选择记住，否则仅保存在此标签页内存中。", "読み取り権限のあるキーを入力してください。記憶しない限り、このタブのメモリにのみ保持されます。";
        Evidence: "HTTP {0}, code {1}: {2}", "HTTP {0}, 코드 {1}: {2}", "HTTP {0}，代码 {1}：{2}", "HTTP {0}、コード {1}：{2}";
        RequestId: "request id {0}", "요청 ID {0}", "请求 ID {0}", "リクエスト ID {0}";
    }
}
