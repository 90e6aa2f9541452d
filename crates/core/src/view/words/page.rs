//! The cluster page.

use super::words;

words! {
    /// The cluster page.
    Page {
        Back: "Board", "보드", "看板", "ボード";
        Versions: "Version change", "버전 변경", "版本变更", "バージョン変更";
        From: "from", "이전", "原版本", "変更前";
        To: "to", "이후", "目标版本", "変更後";
        Steps: "Steps", "단계", "步骤", "ステップ";
        Nodes: "Nodes", "노드", "节点", "ノード";
        Node: "Node", "노드", "节点", "ノード";
        Role: "Role", "역할", "角色", "役割";
        State: "State", "상태", "状态", "状態";
        VendorWord: "Vendor's word", "공급사 표현", "厂商用词", "ベンダーの表記";
        Order: "No.", "번호", "序号", "番号";
        Step: "Step", "단계", "步骤", "ステップ";
        Begin: "Begin", "시작", "开始", "開始";
        End: "End", "종료", "结束", "終了";
        Changed: "Changed", "변경", "变更时间", "変更";
        Duration: "Duration", "소요", "时长", "所要時間";
        Description: "Description", "설명", "说明", "説明";
        NoSteps: "The vendor reports no steps.", "공급사가 단계를 제공하지 않습니다.", "厂商未报告步骤。", "ベンダーはステップを報告していません。";
        Findings: "Findings", "발견 사항", "发现", "所見";
        LevelBad: "broken", "이상", "故障", "異常";
        LevelOdd: "odd", "의심", "可疑", "不審";
        LevelNote: "note", "참고", "备注", "参考";
        Facts: "Further facts from the vendor", "공급사의 추가 정보", "厂商提供的其他信息", "ベンダーのその他の情報";
        Plan: "Zone plan", "가용 영역 계획", "可用区计划", "AZ 計画";
        PlanMove: "{0} → {1}", "{0} → {1}", "{0} → {1}", "{0} → {1}";
        Raw: "Raw answer", "원본 응답", "原始响应", "生の応答";
        RawShow: "Show the raw answer", "원본 응답 보기", "显示原始响应", "生の応答を表示";
        RawNone: "No answer yet.", "아직 응답이 없습니다.", "尚无响应。", "応答はまだありません。";
        CopyLink: "Copy link", "링크 복사", "复制链接", "リンクをコピー";
        Copied: "Copied", "복사됨", "已复制", "コピーしました";
        CopyFailed: "The browser did not allow copying; the address bar holds the same link.", "브라우저가 복사를 허용하지 않았습니다. 주소 표시줄에 같은 링크가 있습니다.", "浏览器不允许复制；地址栏中是同一链接。", "コピーできませんでした。アドレスバーに同じリンクがあります。";
        AskNow: "Ask now", "지금 조회", "立即查询", "今すぐ問い合わせ";
        Remove: "Stop watching", "보기 중단", "停止监看", "監視をやめる";
        NotWatchedYet: "This link needs read access to {0}.", "이 링크를 보려면 {0}의 읽기 권한이 필요합니다.", "此链接需要对 {0} 的只读权限。", "このリンクには {0} への読み取り権限が必要です。";
        NotReported: "not reported", "보고되지 않음", "未报告", "報告なし";
        Reader: "Times are shown in {0}.", "시각은 {0} 기준입니다.", "时间按 {0} 显示。", "時刻は {0} で表示しています。";
    }
}
