using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeRnn.Converter.Boards;
using EdgeRnn.Tests;

namespace EdgeRnn.Converter.Tests.Boards;

/// <summary>What the wiring pages show is what the programs use when nobody says otherwise.</summary>
public sealed class FirmwarePinsTests
{
    private static readonly BoardCatalog _catalog = BoardCatalog.Load(Path.Combine(Repository.Root, "hardware", "boards"));

    [Fact]
    public void Default_configuration_of_the_Pi_agrees_with_the_boards()
    {
        string path = Path.Combine(Repository.Root, "firmware", "Pi", "edgernn.json");
        Assert.SkipUnless(File.Exists(path), "firmware/Pi is not in this checkout");
        JsonElement configuration = JsonDocument.Parse(File.ReadAllText(path)).RootElement;
        foreach (BoardRoles roles in _catalog.Boards.Where(board => board.Runtime == BoardRuntime.Dotnet).Select(board => board.Roles))
        {
            Assert.Equal(roles.Alarm, configuration.GetProperty("alarm").GetProperty("pin").GetInt32());
            Assert.Equal(roles.Status, configuration.GetProperty("led").GetProperty("pin").GetInt32());
            Assert.Equal(roles.I2cBus, configuration.GetProperty("sensor").GetProperty("bus").GetInt32());
        }
    }
}
