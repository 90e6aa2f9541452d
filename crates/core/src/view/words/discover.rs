//! Finding the clusters of an account.

use super::words;

words! {
    /// Finding the clusters of an account.
    Discover {
        Title: "Find clusters", "클러스터 찾기", "查找集群", "クラスターを探す";
        About: "Lists what this key sees in the chosen service and region. Or type the cluster id above.", "선택한 서비스와 리전에서 이 키로 보이는 클러스터의 목록을 조회합니다. 위에 클러스터 ID를 직접 입력해도 됩니다.", "列出此密钥在所选服务和区域中可见的集群。也可以在上方输入集群 ID。", "選んだサービスとリージョンで、このキーから見えるクラスターを一覧表示します。上にクラスター ID を入力することもできます。";
        List: "List clusters", "클러스터 목록 조회", "列出集群", "クラスターを一覧表示";
        LookUp: "Look up projects", "프로젝트 조회", "查找项目", "プロジェクトを調べる";
        Asking: "Asking {0}… {1} clusters so far", "{0}에 조회 중… 현재 {1}개", "正在查询 {0}… 目前 {1} 个集群", "{0} に問い合わせ中… 現在 {1} 件";
        LookingUp: "Looking up the projects of this key…", "이 키의 프로젝트를 조회 중…", "正在查找此密钥的项目…", "このキーのプロジェクトを調べています…";
        Settling: "Asking each cluster whether something is in progress: {0} of {1}", "클러스터마다 진행 중인 작업을 조회 중: {1}개 중 {0}개", "正在逐个查询是否有进行中的操作：{0}/{1}", "クラスターごとに進行中の操作を確認中：{1} 件中 {0} 件";
        Found: "Clusters: {0}. With an operation in progress: {1}.", "클러스터: {0}개. 작업 진행 중: {1}개.", "集群：{0} 个，其中有进行中操作的：{1} 个。", "クラスター：{0} 件。操作が進行中：{1} 件。";
        FoundNone: "This key sees no cluster in this service and region.", "이 서비스와 리전에서 이 키로 보이는 클러스터가 없습니다.", "此密钥在该服务和区域中看不到任何集群。", "このサービスとリージョンには、このキーから見えるクラスターがありません。";
        Clusters: "Clusters of this account", "이 계정의 클러스터", "此账号的集群", "このアカウントのクラスター";
        Busy: "operation in progress", "작업 진행 중", "有进行中的操作", "操作が進行中";
        BusyUnknown: "whether an operation is in progress is not known", "진행 중인 작업이 있는지 알 수 없음", "未知是否有进行中的操作", "進行中の操作の有無は不明";
        Watched: "watched already", "이미 보는 중", "已在监看", "監視中";
        Closed: "this key may not ask about it", "이 키로는 조회할 수 없음", "此密钥无权查询", "このキーでは照会できません";
        Watch: "Watch {0} clusters", "클러스터 {0}개 보기", "监看 {0} 个集群", "{0} 件を監視";
        WatchOne: "Watch 1 cluster", "클러스터 1개 보기", "监看 1 个集群", "1 件を監視";
        More: "Only the first {0} pages were read. Type the id of a cluster that is missing.", "목록의 처음 {0}페이지만 읽었습니다. 보이지 않는 클러스터는 ID를 직접 입력하세요.", "仅读取了前 {0} 页。列表中没有的集群请输入其 ID。", "最初の {0} ページのみ読み取りました。見つからないクラスターは ID を入力してください。";
        SettledSome: "Not every cluster was asked whether an operation is in progress.", "진행 중인 작업이 있는지 조회하지 않은 클러스터가 있습니다.", "部分集群未查询是否有进行中的操作。", "進行中の操作の有無を確認していないクラスターがあります。";
        Projects: "Projects of this key", "이 키의 프로젝트", "此密钥的项目", "このキーのプロジェクト";
        ProjectChoose: "Choose a project", "프로젝트 선택", "选择项目", "プロジェクトを選択";
        ProjectSeveral: "This key opens several projects in the region. Choose one, then list the clusters.", "이 리전에서 이 키로 사용할 수 있는 프로젝트가 여러 개입니다. 하나를 고른 뒤 클러스터 목록을 조회하세요.", "此密钥在该区域可使用多个项目。请选择一个，然后列出集群。", "このリージョンではこのキーで複数のプロジェクトを使えます。一つ選んでから、クラスターを一覧表示してください。";
        ProjectFilled: "The project “{0}” was filled in.", "프로젝트 “{0}”을(를) 입력했습니다.", "已填入项目“{0}”。", "プロジェクト「{0}」を入力しました。";
        ProjectNone: "This key opens no project in the region.", "이 리전에서 이 키로 사용할 수 있는 프로젝트가 없습니다.", "此密钥在该区域没有可用的项目。", "このリージョンにこのキーで使えるプロジェクトはありません。";
        ProjectNotTold: "The projects of this key could not be looked up.", "이 키의 프로젝트를 조회할 수 없습니다.", "无法查找此密钥的项目。", "このキーのプロジェクトを調べられませんでした。";
        ProjectByHand: "You can type the project id yourself: the console shows it under “My Credentials”.", "프로젝트 ID를 직접 입력할 수 있습니다. 콘솔의 “My Credentials”에 표시됩니다.", "可以自行输入项目 ID：控制台的“我的凭证”中有显示。", "プロジェクト ID は自分で入力できます。コンソールの「My Credentials」に表示されます。";
        Holder: "This is the key of {0}.", "{0}의 키입니다.", "这是 {0} 的密钥。", "これは {0} のキーです。";
    }
}
