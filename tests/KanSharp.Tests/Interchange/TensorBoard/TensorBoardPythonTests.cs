using System.Globalization;
using KanSharp.Data.Images;
using KanSharp.Interchange.TensorBoard;
using KanSharp.Tests.Cli;
using KanSharp.Tests.Docs;

namespace KanSharp.Tests.Interchange.TensorBoard;

/// <summary>Event files read by a program of another language: Python's standard library alone.</summary>
public sealed class TensorBoardPythonTests
{
    private const string Program = """
        import struct, sys, zlib
        TABLE = []
        for n in range(256):
            for _ in range(8):
                n = (n >> 1) ^ 0x82F63B78 if n & 1 else n >> 1
            TABLE.append(n)
        def crc(data):
            c = 0xFFFFFFFF
            for b in data:
                c = TABLE[(c ^ b) & 255] ^ (c >> 8)
            c ^= 0xFFFFFFFF
            return (((c >> 15) | (c << 17)) + 0xA282EAD8) & 0xFFFFFFFF
        def varint(data, i):
            value = shift = 0
            while True:
                b = data[i]; i += 1
                value |= (b & 127) << shift; shift += 7
                if b < 128: return value, i
        def fields(data):
            i = 0
            while i < len(data):
                tag, i = varint(data, i)
                kind = tag & 7
                if kind == 0: value, i = varint(data, i)
                elif kind == 1: value = struct.unpack_from('<d', data, i)[0]; i += 8
                elif kind == 5: value = struct.unpack_from('<f', data, i)[0]; i += 4
                else:
                    size, i = varint(data, i)
                    value = data[i:i + size]; i += size
                yield tag >> 3, value
        data = open(sys.argv[1], 'rb').read()
        at = 0
        while at < len(data):
            size, check = struct.unpack_from('<QI', data, at)
            body = data[at + 12:at + 12 + size]
            assert check == crc(data[at:at + 8]) and struct.unpack_from('<I', data, at + 12 + size)[0] == crc(body)
            at += size + 16
            event = dict(fields(body))
            if 3 in event: print(event[3].decode()); continue
            value = dict(fields(dict(fields(event[5]))[1]))
            if 2 in value: print(event[2], value[1].decode(), value[2])
            elif 5 in value:
                h = dict(fields(value[5]))
                counts = struct.unpack('<%dd' % (len(h[7]) // 8), h[7])
                print(event[2], value[1].decode(), h[1], h[2], sum(counts))
            elif 4 in value:
                image = dict(fields(value[4])); png = image[4]
                assert png[:8] == b'\x89PNG\r\n\x1a\n'
                width, height = struct.unpack('>II', png[16:24])
                start = png.index(b'IDAT'); length = struct.unpack('>I', png[start - 4:start])[0]
                print(event[2], value[1].decode(), width, height, len(zlib.decompress(png[start + 4:start + 4 + length])))
        """;

    [Fact]
    public void Python_reads_scalars_histograms_and_pictures()
    {
        using var folder = new CliFolder();
        if (CommandLineProcess.Run(PythonProgram.Name, ["--version"], folder.Path).Code != 0)
            Assert.Skip($"There is no {PythonProgram.Name}: event files were not read with it.");
        using (var writer = new TensorBoardWriter(folder["run"]))
        {
            writer.AddScalar("loss", 0.5, 7);
            writer.AddHistogram<float>("h", [1, 2, 4], 300);
            writer.AddImage("picture", new RasterImage(2, 3, 3, new byte[18]), 1);
        }

        File.WriteAllText(folder["read.py"], Program);
        (int code, string output) = CommandLineProcess.Run(PythonProgram.Name, [folder["read.py"], Directory.GetFiles(folder["run"])[0]], folder.Path);
        Assert.True(code == 0, output);
        Assert.Equal(
            ["brain.Event:2", "7 loss 0.5", "300 h 1.0 4.0 3.0", string.Create(CultureInfo.InvariantCulture, $"1 picture 2 3 {3 * (1 + 6)}")],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
