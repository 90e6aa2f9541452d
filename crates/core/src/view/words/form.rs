//! Adding a cluster and entering a key.

use super::words;

words! {
    /// Adding a cluster and entering a key.
    Form {
        AddTitle: "Add cluster", "클러스터 추가", "添加集群", "クラスターを追加";
        KeyTitle: "Enter key", "키 입력", "输入密钥", "キーを入力";
        Provider: "Cloud", "클라우드", "云", "クラウド";
        Service: "Service", "서비스", "服务", "サービス";
        Site: "Site", "사이트", "站点", "サイト";
        Region: "Region", "리전", "区域", "リージョン";
        Operation: "Watch", "대상 작업", "监看内容", "監視対象";
        Project: "Project id", "프로젝트 ID", "项目 ID", "プロジェクト ID";
        Which: "Cluster", "클러스터", "集群", "クラスター";
        Cluster: "Cluster id", "클러스터 ID", "集群 ID", "クラスター ID";
        ClusterHintNcp: "The number that the console and API call serviceGroupInstanceNo.", "콘솔과 API의 serviceGroupInstanceNo 번호입니다.", "控制台与 API 中的 serviceGroupInstanceNo 编号。", "コンソールと API の serviceGroupInstanceNo の番号です。";
        ClusterHintHuawei: "The cluster's UUID, from its page in the console.", "콘솔 클러스터 페이지의 UUID입니다.", "控制台集群页面中的 UUID。", "コンソールのクラスターページの UUID です。";
        ClusterHintAlibaba: "The instance id, such as hgprecn-cn-….", "hgprecn-cn-… 형식의 인스턴스 ID입니다.", "实例 ID，形如 hgprecn-cn-…。", "hgprecn-cn-… 形式のインスタンス ID です。";
        Account: "Account name", "계정 이름", "账号名称", "アカウント名";
        AccountHint: "A name of your own for this key, such as “prod”. It stays on this device.", "이 키에 붙일 이름(예: “prod”). 이 기기에만 남습니다.", "为此密钥取的名称，如“prod”。仅保留在本设备。", "このキーに付ける名前（例：「prod」）。この端末にのみ残ります。";
        AccessKey: "Access key id", "액세스 키 ID", "访问密钥 ID", "アクセスキー ID";
        Secret: "Secret key", "비밀 키", "密钥", "シークレットキー";
        MemoryOnly: "A key stays in this tab's memory and is gone when the tab closes, unless you remember it in the vault. Use keys with read access only.", "키는 이 탭의 메모리에만 있고, 보관함에 저장하지 않으면 탭을 닫을 때 사라집니다. 읽기 전용 키를 사용하세요.", "密钥仅保存在此标签页的内存中，除非在保险库中记住，否则关闭即消失。请使用只读密钥。", "キーはこのタブのメモリにのみ保持され、保管庫に記憶しない限り、閉じると消えます。読み取り専用のキーを使ってください。";
        Leaves: "Calls {0} at {1}, through the proxy {2}.", "{2} 프록시를 통해 {1}의 {0}을(를) 호출합니다.", "将通过代理 {2} 调用 {1} 的 {0}。", "プロキシ {2} を通じて {1} の {0} を呼び出します。";
        Test: "Test and add", "테스트 후 추가", "测试并添加", "テストして追加";
        UseKey: "Use this key", "이 키 사용", "使用此密钥", "このキーを使う";
        Testing: "Asking {0}…", "{0}에 조회 중…", "正在查询 {0}…", "{0} に問い合わせ中…";
        Cancel: "Cancel", "취소", "取消", "キャンセル";
        Missing: "Fill in: {0}", "입력하세요: {0}", "请填写：{0}", "入力してください：{0}";
        BadId: "{0} may hold only letters, digits, “-” and “_”.", "{0}에는 영문자, 숫자, “-”, “_”만 쓸 수 있습니다.", "{0}只能包含字母、数字、“-”和“_”。", "{0}に使えるのは英数字、「-」、「_」のみです。";
        Already: "This cluster is on the board already.", "이미 보드에 있는 클러스터입니다.", "该集群已在看板上。", "このクラスターは既にボードにあります。";
        KeysHeld: "Keys in memory", "메모리에 있는 키", "内存中的密钥", "メモリ内のキー";
        KeyForget: "Forget", "잊기", "忘记", "忘れる";
        UseHeld: "Use the key “{0}” that is in memory", "메모리에 있는 “{0}” 키 사용", "使用内存中的密钥“{0}”", "メモリにあるキー「{0}」を使う";
    }
}
