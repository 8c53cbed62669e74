package dualtape.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnsTest {
    @Test
    void chineseSignsTakeTwoColumnsAndMarksNone() {
        assertThat(Columns.width("x = 1")).isEqualTo(5);
        assertThat(Columns.width("正向，(d)")).isEqualTo(9);
        assertThat(Columns.width("e\u0301")).isEqualTo(1);
        assertThat(Columns.width("𠀀")).isEqualTo(2);
        assertThat(Columns.start("正向累积", 5)).isEqualTo("正向");
    }

    @Test
    void textIsBrokenAtSpacesAndBetweenChineseSigns() {
        assertThat(Columns.wrapped("  one two three", 9, "")).containsExactly("  one two", "  three");
        assertThat(Columns.wrapped("沿每个方向执行", 6, "")).containsExactly("沿每个", "方向执", "行");
        assertThat(Columns.wrapped("unbreakable", 4, "")).containsExactly("unbr", "eaka", "ble");
    }

    @Test
    void noLineBeginsWithAClosingMark() {
        assertThat(Columns.wrapped("正向累积，反向累积", 8, "")).containsExactly("正向累", "积，反向", "累积");
        assertThat(Columns.wrapped("正向（反向）", 6, "")).containsExactly("正向", "（反", "向）");
    }

    @Test
    void sentencesMeetWithASpaceUnlessOneIsChinese() {
        assertThat(Columns.joined("One.", "Two.")).isEqualTo("One. Two.");
        assertThat(Columns.joined("一。", "(m, n)")).isEqualTo("一。(m, n)");
        assertThat(Columns.joined("", "Two.")).isEqualTo("Two.");
    }

    @Test
    void tablesAreAlignedByColumns() {
        assertThat(new Table("模式", "遍数").row("正向", "12,345").text().lines().map(Columns::width).distinct())
                .hasSize(1);
    }
}
