using System.Text.Json;
using KanSharp.Cli;
using KanSharp.Cli.Downloads;
using KanSharp.Data.Images;
using KanSharp.Tests.Data;

namespace KanSharp.Tests.Cli;

/// <summary>kan data: lists, copies from a folder, and what is said without a connection.</summary>
public sealed class DataTests
{
    [Fact]
    public void The_list_says_what_there_is()
    {
        using var folder = new CliFolder();
        string text = CliFolder.Run("data", "list", "--to", folder.Path).Expect(0).Out;
        foreach (KnownDataset set in KnownImages.All)
            Assert.Contains(set.Summary, text);
        JsonElement json = CliFolder.Run("data", "list", "--to", folder.Path, "--json").Expect(0).Json();
        Assert.Equal(["mnist", "fashion-mnist", "cifar-10"], json.GetProperty("sets").EnumerateArray().Select(set => set.GetProperty("name").GetString()));
        Assert.All(json.GetProperty("sets").EnumerateArray(), set => Assert.False(set.GetProperty("present").GetBoolean()));
        Assert.All(KnownImages.All.SelectMany(set => set.Files), file => Assert.True(file.Sha256.Length == 64 && file.Addresses.Count > 1));
    }

    [Fact]
    public void Files_of_a_folder_are_checked_and_copied()
    {
        string source = Path.GetDirectoryName(WorkplaceData.Require("mnist/train-images-idx3-ubyte.gz"))!;
        using var folder = new CliFolder();
        JsonElement json = CliFolder.Run("data", "get", "mnist", "--from", source, "--to", folder.Path, "--json").Expect(0).Json();
        Assert.Equal(4, json.GetProperty("files").GetArrayLength());
        Assert.True(CliFolder.Run("data", "list", "--to", folder.Path, "--json").Expect(0).Json().GetProperty("sets")[0].GetProperty("present").GetBoolean());
        (ImageSet train, ImageSet test) = KnownImages.Open("mnist", folder.Path);
        Assert.Equal((60000, 10000), (train.Count, test.Count));

        // what is there is not loaded again: no network is needed
        Assert.Contains("present", CliFolder.Run("data", "get", "mnist", "--to", folder.Path).Expect(0).Out);
        File.WriteAllBytes(folder["mnist/t10k-labels-idx1-ubyte.gz"], new byte[10]);
        CliResult damaged = CliFolder.Run("data", "get", "mnist", "--from", folder["mnist"], "--to", folder["other"]).Expect(1);
        Assert.Contains("SHA-256", damaged.Error);
        Assert.False(Directory.Exists(folder["other"]));
    }

    [Fact]
    public void Without_a_connection_the_way_out_is_said()
    {
        using var folder = new CliFolder();
        using var server = new FakeServer();
        using var text = new StringWriter();
        UserErrorException e = Assert.Throws<UserErrorException>(() =>
            DataWork.Get(KnownImages.Named("fashion-mnist"), null, folder.Path, json: false, server, new Terminal(text, text), default));
        Assert.Contains("kan data get fashion-mnist --from FOLDER", e.Message);
        Assert.Contains("train-images-idx3-ubyte.gz", e.Message);
        Assert.Contains(folder.Path, e.Message);
        Assert.Contains("404", e.Message);
    }

    [Fact]
    public void Opening_what_is_missing_names_the_command()
    {
        using var folder = new CliFolder();
        foreach (KnownDataset set in KnownImages.All)
            Assert.Contains($"kan data get {set.Name}", Assert.Throws<FileNotFoundException>(() => KnownImages.Open(set.Name, folder.Path)).Message);
        Assert.Contains("there are: mnist", Assert.Throws<ArgumentException>(() => KnownImages.Open("mnits")).Message);
    }
}
