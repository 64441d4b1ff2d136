"""An independent client: logs in, reads, writes, and answers a slash command. Writes one line of JSON a step."""

import asyncio
import json
import os

import discord
import discord.http

BASE = os.environ["LOCAL_DISCORD_URL"]
discord.http.Route.BASE = f"{BASE}/api/v10"


def say(step: str, **facts: object) -> None:
    print(json.dumps({"step": step, **facts}), flush=True)


class Client(discord.Client):
    def __init__(self) -> None:
        intents = discord.Intents.default()
        intents.members = True
        intents.message_content = True
        super().__init__(intents=intents)
        self.tree = discord.app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        guild = discord.Object(int(os.environ["LOCAL_DISCORD_GUILD"]))

        @self.tree.command(name="greet", description="Greets somebody", guild=guild)
        async def greet(interaction: discord.Interaction, whom: discord.Member) -> None:
            await interaction.response.defer(ephemeral=True)
            await interaction.followup.send(f"Hello {whom.display_name}!")

        await self.tree.sync(guild=guild)

    async def on_ready(self) -> None:
        guild = self.guilds[0]
        general = discord.utils.get(guild.text_channels, name="general")
        history = [message.content async for message in general.history(limit=10)]
        sent = await general.send("Written in Python", embed=discord.Embed(title="An embed"))
        say(
            "ready",
            members=len(guild.members),
            history=history,
            sent=str(sent.id),
        )

    async def on_message(self, message: discord.Message) -> None:
        if message.author != self.user:
            await message.reply(f"I read: {message.content}")


discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = __import__("yarl").URL(BASE.replace("http", "ws") + "/gateway")
asyncio.run(Client().start(os.environ["LOCAL_DISCORD_TOKEN"]))
