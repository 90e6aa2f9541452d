//! The check whether something could start now.

use super::words;

words! {
    /// The check whether something could start now.
    Check {
        Title: "Could it start now?", "지금 시작할 수 있습니까?", "现在可以开始吗？", "今すぐ開始できますか？";
        About: "The vendor is asked when you press a button, and never before. Asking changes nothing.", "버튼을 누를 때만 공급사에 조회합니다. 조회해도 바뀌는 것은 없습니다.", "仅在点击按钮时才会查询厂商；查询不会更改任何内容。", "ボタンを押したときだけベンダーに問い合わせます。問い合わせても何も変わりません。";
        Restart: "Check a rolling restart", "롤링 재시작 가능 여부 점검", "检查能否滚动重启", "ローリングリスタートの可否を確認";
        Upgrade: "Check the upgrade", "업그레이드 가능 여부 점검", "检查能否升级", "アップグレードの可否を確認";
        Target: "Target version", "대상 버전", "目标版本", "対象バージョン";
        TargetHint: "The version code that the vendor's API uses.", "공급사 API가 사용하는 버전 코드입니다.", "厂商 API 使用的版本代码。", "ベンダーの API が使うバージョンコードです。";
        Version: "{0} (code {1})", "{0} (코드 {1})", "{0}（代码 {1}）", "{0}（コード {1}）";
        ConfigGroup: "Config group number", "Config Group 번호", "Config Group 编号", "Config Group 番号";
        ConfigGroupHint: "The number of the configuration that the new version would use.", "새 버전이 사용할 구성의 번호입니다.", "新版本将使用的配置的编号。", "新しいバージョンが使う構成の番号です。";
        Asking: "Asking…", "조회 중…", "正在查询…", "問い合わせ中…";
        Passed: "The vendor says that it could start now.", "공급사에 따르면 지금 시작할 수 있습니다.", "厂商表示现在可以开始。", "ベンダーによると、今すぐ開始できます。";
        Refused: "The vendor says no: {0}", "공급사에 따르면 지금 시작할 수 없습니다: {0}", "厂商表示现在不能开始：{0}", "ベンダーによると、今は開始できません：{0}";
        Unclear: "The answer is neither yes nor no: {0}", "가능 여부를 알 수 없는 응답입니다: {0}", "响应未明确表示能否开始：{0}", "可否を判断できない応答です：{0}";
        AskedAt: "Asked at {0}.", "{0}에 조회했습니다.", "查询时间：{0}。", "{0} に問い合わせました。";
    }
}
