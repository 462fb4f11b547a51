using System.Text;
using CccRules.Runtime.Time;
using CccRules.Tests.Promises;

namespace CccRules.Tests.Time;

/// <summary>Reading and writing yyyy-MM-dd.</summary>
public sealed class CivilDateTextTests
{
    [Fact]
    public void Every_date_is_written_and_read_back()
    {
        for (long day = CivilDate.MinDay; day <= CivilDate.MaxDay; day++)
        {
            string text = CivilDate.Format(day);
            if (!CivilDate.TryParse(text, out long read) || read != day)
            {
                Assert.Fail($"{day} was written as {text} and read as {read}");
            }
        }

        Assert.Equal("0001-01-01", CivilDate.Format(CivilDate.MinDay));
        Assert.Equal("9999-12-31", CivilDate.Format(CivilDate.MaxDay));
        Assert.Equal("2026-03-01", CivilDate.Format(new DateOnly(2026, 3, 1).DayNumber));
    }

    [Theory]
    [InlineData(CivilDate.MaxDay + 1, "after 9999-12-31")]
    [InlineData(long.MaxValue, "after 9999-12-31")]
    [InlineData(-1, "before 0001-01-01")]
    [InlineData(long.MinValue, "before 0001-01-01")]
    public void A_date_outside_the_years_1_to_9999_is_written_in_words(long day, string expected) =>
        Assert.Equal(expected, CivilDate.Format(day));

    [Theory]
    [InlineData("")]
    [InlineData("2026")]
    [InlineData("2026-3-1")]
    [InlineData("2026-03-1")]
    [InlineData("2026-03-001")]
    [InlineData("12026-03-01")]
    [InlineData(" 2026-03-01")]
    [InlineData("2026-03-01 ")]
    [InlineData("2026-03-01T00:00:00")]
    [InlineData("20260301")]
    [InlineData("2026/03/01")]
    [InlineData("01-03-2026")]
    [InlineData("+026-03-01")]
    [InlineData("-026-03-01")]
    [InlineData("0000-01-01")]
    [InlineData("2026-00-01")]
    [InlineData("2026-13-01")]
    [InlineData("2026-01-00")]
    [InlineData("2026-01-32")]
    [InlineData("2026-04-31")]
    [InlineData("2026-02-29")]
    [InlineData("1900-02-29")]
    [InlineData("2100-02-29")]
    [InlineData("２０２６-０３-０１")]
    [InlineData("2026‐03‐01")]
    [InlineData("2026-03-\u0130\u0131")]
    [InlineData("٢٠٢٦-٠٣-٠١")]
    public void Anything_but_a_day_that_exists_in_ten_ascii_characters_is_refused(string text)
    {
        Assert.False(CivilDate.TryParse(text, out long day));
        Assert.Equal(0, day);
        Assert.False(CivilDate.TryParse(Encoding.UTF8.GetBytes(text), out day));
        Assert.Equal(0, day);
    }

    [Fact]
    public void A_character_that_is_no_digit_is_refused_in_every_place()
    {
        for (int place = 0; place < 10; place++)
        {
            for (int character = 0; character <= 0xFF; character++)
            {
                byte[] utf8 = "2000-12-11"u8.ToArray();
                utf8[place] = (byte)character;
                string text = Encoding.Latin1.GetString(utf8);
                bool expected = DateOnly.TryParseExact(text, "yyyy-MM-dd", out DateOnly date);
                Assert.Equal(expected, CivilDate.TryParse(utf8, out long day));
                Assert.Equal(expected, CivilDate.TryParse(text, out long sameDay));
                Assert.Equal(expected ? date.DayNumber : 0, day);
                Assert.Equal(day, sameDay);
            }
        }
    }

    [Fact]
    public void Reading_and_reckoning_allocate_nothing()
    {
        var read = true;
        void Run()
        {
            for (int i = 0; i < 1_000; i++)
            {
                read &= CivilDate.TryParse("2026-03-31"u8, out long day) & CivilDate.TryParse("2026-03-31", out _);
                read &= CivilDate.TryAddPeriod(day, i, i, null, out long sum) != PeriodResult.OutOfRange;
                read &= CivilDate.MonthsBetween(day, sum, MonthRounding.Up) <= i + 40;
            }
        }

        Run();
        Assert.Equal(0, AllocatedBytes.OfRuns(1, Run));
        Assert.True(read);
    }
}
