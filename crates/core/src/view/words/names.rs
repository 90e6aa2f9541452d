//! The names of things: vendors, services, roles, operations, verdicts and states.

use super::words;

words! {
    /// Names of things.
    Name {
        Ncp: "NAVER Cloud", "네이버 클라우드", "NAVER Cloud", "NAVER Cloud";
        Huawei: "Huawei Cloud", "화웨이 클라우드", "华为云", "Huawei Cloud";
        OpenTelekomCloud: "Open Telekom Cloud", "Open Telekom Cloud", "Open Telekom Cloud", "Open Telekom Cloud";
        Alibaba: "Alibaba Cloud", "알리바바 클라우드", "阿里云", "Alibaba Cloud";

        SearchEngine: "Search Engine Service", "Search Engine Service", "Search Engine Service", "Search Engine Service";
        DataStreaming: "Cloud Data Streaming Service", "Cloud Data Streaming Service", "Cloud Data Streaming Service", "Cloud Data Streaming Service";
        Css: "Cloud Search Service", "클라우드 검색 서비스 (CSS)", "云搜索服务 (CSS)", "Cloud Search Service (CSS)";
        Hologres: "Hologres", "Hologres", "实时数仓 Hologres", "Hologres";

        SitePublic: "public", "민간", "公有", "パブリック";
        SiteGov: "government", "공공", "政务", "政府";
        SiteFin: "finance", "금융", "金融", "金融";

        RoleMaster: "master", "마스터", "主节点", "マスター";
        RoleManager: "manager", "매니저", "管理节点", "マネージャー";
        RoleData: "data", "데이터", "数据节点", "データ";
        RoleBroker: "broker", "브로커", "Broker", "ブローカー";
        RoleZooKeeper: "ZooKeeper", "ZooKeeper", "ZooKeeper", "ZooKeeper";
        RoleLeader: "leader", "리더", "主实例", "リーダー";
        RoleFollower: "follower", "팔로워", "从实例", "フォロワー";
        RoleUnstated: "node", "노드", "节点", "ノード";

        Upgrade: "Rolling upgrade", "롤링 업그레이드", "滚动升级", "ローリングアップグレード";
        RollingRestart: "Rolling restart", "롤링 재시작", "滚动重启", "ローリングリスタート";
        AzMigration: "AZ migration", "AZ 이전", "可用区迁移", "AZ 移行";
        Precheck: "Restart pre-check", "재시작 사전 점검", "重启预检查", "再起動の事前チェック";

        VerdictFailed: "Failed", "실패", "失败", "失敗";
        VerdictPartlyFailed: "Partly failed", "일부 실패", "部分失败", "一部失敗";
        VerdictRollingBack: "Rolling back", "롤백 중", "正在回滚", "ロールバック中";
        VerdictRolledBack: "Rolled back", "롤백됨", "已回滚", "ロールバック済み";
        VerdictStalled: "Stalled", "멈춤", "停滞", "停滞";
        VerdictCannotSee: "Cannot see", "확인 불가", "无法查看", "確認不能";
        VerdictSlow: "Slow", "느림", "缓慢", "遅い";
        VerdictUnrecognised: "Unrecognised", "알 수 없는 상태", "未识别", "未知の状態";
        VerdictRefused: "Not possible", "불가", "不可执行", "実行不可";
        VerdictRunning: "Running", "진행 중", "进行中", "進行中";
        VerdictWaiting: "Waiting", "대기 중", "等待中", "待機中";
        VerdictPassed: "Possible", "가능", "可以执行", "実行可能";
        VerdictDone: "Done", "완료", "已完成", "完了";
        VerdictDoneMixed: "Done, mixed versions", "완료, 버전 혼재", "已完成，版本混合", "完了、バージョン混在";
        VerdictIdle: "Nothing running", "진행 중인 작업 없음", "没有进行中的操作", "実行中の操作なし";
        VerdictAsking: "Asking", "조회 중", "正在查询", "問い合わせ中";

        StatePending: "waiting", "대기", "等待", "待機";
        StateRunning: "active", "진행", "进行", "進行中";
        StateSucceeded: "done", "완료", "完成", "完了";
        StatePartiallySucceeded: "partly done", "일부 완료", "部分完成", "一部完了";
        StateFailed: "failed", "실패", "失败", "失敗";
        StateRolledBack: "rolled back", "롤백됨", "已回滚", "ロールバック済み";
        StateUnknown: "unknown", "알 수 없음", "未知", "不明";
    }
}
