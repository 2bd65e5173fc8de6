using System.Globalization;
using System.IO.Compression;
using System.Text;
using KanSharp.Data;

namespace KanSharp.Tests.Data;

public class CsvTests
{
    private static Table Read(string text, CsvOptions? options = null) => Csv.Read(new StringReader(text), options, "t.csv");

    private static DataFormatException Fails(string text, CsvOptions? options = null) =>
        Assert.Throws<DataFormatException>(() => Read(text, options));

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    [InlineData("|")]
    public void DetectsSeparatorAndHeader(string separator)
    {
        Table table = Read(string.Join('\n', "a,b,c", "1,2.5,-3e2", "4,5,6", "").Replace(",", separator));
        Assert.Equal(["a", "b", "c"], table.Columns.Select(column => column.Name));
        Assert.Equal([1.0, 4.0], table["a"].Numbers.ToArray());
        Assert.Equal([2.5, 5.0], table["b"].Numbers.ToArray());
        Assert.Equal([-300.0, 6.0], table["c"].Numbers.ToArray());
        Assert.Equal(2, table.RowCount);
    }

    [Fact]
    public void WithoutHeaderColumnsAreNumbered()
    {
        Table table = Read("1,2\n3,4\n");
        Assert.Equal(["x1", "x2"], table.Columns.Select(column => column.Name));
        Assert.Equal([1.0, 3.0], table["x1"].Numbers.ToArray());
    }

    [Fact]
    public void HeaderOptionOverrulesDetection()
    {
        Assert.Equal(["2019", "2020"], Read("2019,2020\n3,4\n", new CsvOptions { HasHeader = true }).Columns.Select(column => column.Name));
        Assert.Equal(2, Read("a,b\nc,d\n", new CsvOptions { HasHeader = false }).RowCount);
    }

    [Fact]
    public void QuotedCellsKeepSeparatorsQuotesAndLineBreaks()
    {
        Table table = Read("\"name, full\",x\r\n\"a \"\"b\"\", c\",1\r\n\"two\r\nlines\",2\r\n\r\n  \r\nlast , 3 \r\n");
        Assert.Equal(["a \"b\", c", "two\r\nlines", "last"], table["name, full"].Texts.ToArray());
        Assert.Equal([1.0, 2.0, 3.0], table["x"].Numbers.ToArray());
        Assert.Equal([2, 3, 7], Enumerable.Range(0, 3).Select(table.LineOf));
    }

    [Fact]
    public void ByteOrderMarkAndGzipAreTransparent()
    {
        byte[] content = [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes("größe,y\n1,2\n")];
        string path = Path.Combine(Path.GetTempPath(), $"kansharp-{Guid.NewGuid():N}.dat");
        try
        {
            File.WriteAllBytes(path, content);
            Assert.Equal([1.0], Csv.Read(path)["größe"].Numbers.ToArray());
            using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
                gzip.Write(content);
            Assert.Equal([1.0], Csv.Read(path)["größe"].Numbers.ToArray());
            byte[] packed = File.ReadAllBytes(path);
            File.WriteAllBytes(path, packed[..12]);
            Assert.Throws<DataFormatException>(() => Csv.Read(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void MissingCellsAreNaNOrNull()
    {
        Table table = Read("x,kind\n1,a\n?,b\n,NA\nNaN,null\n5,\n");
        Assert.Equal([1.0, double.NaN, double.NaN, double.NaN, 5.0], table["x"].Numbers.ToArray());
        Assert.Equal(["a", "b", null, null, null], table["kind"].Texts.ToArray());
        Assert.True(table["x"].IsMissing(1) && table["kind"].IsMissing(2) && !table["x"].IsMissing(0));
        Assert.Equal(["a", "-"], Read("x\na\n-\n", new CsvOptions { MissingTokens = [] })["x"].Texts.ToArray());
    }

    [Fact]
    public void AStrayTextNamesRowColumnAndCell()
    {
        DataFormatException error = Fails("time,speed\n1,2\n\n2,3\n3,n/a\n4,5\n");
        Assert.StartsWith("t.csv: row 5, column 'speed': 'n/a' is not a number", error.Message);
        Assert.Equal(("t.csv", 5, "speed"), (error.FileName, error.Row, error.Column));
        Assert.Contains("missing-value tokens", error.Message);
        Assert.Contains("(1 more such cell", Fails("x\n1\na\n2\nb\n3\n").Message);
        Assert.Equal([1.0, double.NaN, 2.0], Read("x\n1\n-\n2\n", new CsvOptions { MissingTokens = ["-"] })["x"].Numbers.ToArray());
    }

    [Theory]
    [InlineData("x\n1\n2\nInfinity\n", "Infinity")]
    [InlineData("x\n1\n2\n1e999\n", "1e999")]
    [InlineData("x\n1\n2\n1,5\n", "")]
    [InlineData("x;y\n1;1,5\n2;2,5\n", "decimal comma")]
    [InlineData("", "empty")]
    [InlineData("a,b\n", "no rows")]
    [InlineData("a,b,a\n1,2,3\n", "column 'a': the header has this name twice (cells 1 and 3)")]
    [InlineData("a,b\n1,2\n3,4,5\n", "row 3: 3 cells where the first row has 2")]
    [InlineData("a,b\n1,2\n3\n", "row 3: 1 cells where the first row has 2")]
    [InlineData("a,b\n1,2\n\"3,4\n5,6\n", "t.csv: ")]
    [InlineData("year,2019\n1,2\n3,4\n", "if the first row is a header")]
    public void BrokenFilesAreExplained(string text, string expected) => Assert.Contains(expected, Fails(text).Message);

    [Fact]
    public void MostlyTextIsTextAndKeepsItsSpelling()
    {
        Assert.Equal(["007", "A1", "B2", "C3"], Read("code\n007\nA1\nB2\nC3\n")["code"].Texts.ToArray());
        Assert.Equal(["007", "8"], Read("code\n007\n8\n", new CsvOptions { TextColumns = ["code"] })["code"].Texts.ToArray());
        Assert.Contains("'cod'", Fails("code\n007\n8\n", new CsvOptions { TextColumns = ["cod"] }).Message);
    }

    [Fact]
    public void CodesWithFewNumbersAreText() =>
        Assert.Equal(["0", "0", "0", "D4", "Z2"], Read("code\n0\n0\n0\nD4\nZ2\n")["code"].Texts.ToArray());

    [Fact]
    public void UnnamedHeaderCellsGetTheirNumber() => Assert.Equal(["column1", "b"], Read(",b\n0,1\n").Columns.Select(column => column.Name));

    [Fact]
    public void AMissingColumnListsTheOthers() =>
        Assert.Contains("'a', 'b'", Assert.Throws<DataFormatException>(() => Read("a,b\n1,2\n")["c"]).Message);

    [Fact]
    public void NumbersAreReadExactly()
    {
        var random = new Random(3);
        double[] numbers = [.. Enumerable.Range(0, 5000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64())).Where(double.IsFinite)];
        string text = "x\n" + string.Join('\n', numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));
        Assert.Equal(numbers, Read(text)["x"].Numbers.ToArray());
    }

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    public void WhatIsWrittenReadsBack(char separator)
    {
        string?[] texts = ["plain", "a,b;c\td", "say \"hi\"", "two\nlines", null, " padded ", "\"", "größe"];
        double[] numbers = [1, -0.1, 1e300, 5e-324, double.NaN, Math.PI, 123456789, 0];
        using var writer = new StringWriter();
        Csv.Write(writer, new Table([new TableColumn("number; of", numbers), new TableColumn("te\"xt", texts)]), separator);
        Table read = Csv.Read(new StringReader(writer.ToString()));
        Assert.Equal(numbers, read["number; of"].Numbers.ToArray());
        Assert.Equal(texts, read["te\"xt"].Texts.ToArray());
    }

    [Theory]
    [InlineData("tables/airfoil_self_noise.csv", 1503, 6, 0)]
    [InlineData("tables/iris.csv", 150, 5, 0)]
    [InlineData("tables/adult_train.csv.gz", 32561, 15, 8)]
    [InlineData("tables/knots_htw50k.csv.gz", 50050, 25, 2)]
    [InlineData("formulas/special_unit_square.csv.gz", 4000, 17, 0)]
    public void RealTablesAreRead(string file, int rows, int columns, int texts)
    {
        Table table = Csv.Read(WorkplaceData.Require(file));
        Assert.Equal((rows, columns, texts), (table.RowCount, table.Columns.Count, table.Columns.Count(column => !column.IsNumeric)));
    }
}
